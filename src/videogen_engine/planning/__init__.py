"""A script goes in; scenes with sentences, headlines, key phrases and their structure come out."""
