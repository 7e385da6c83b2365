"""Timed words and a style go in; caption cues, their layout and painted tiles come out."""
