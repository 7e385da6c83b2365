"""What a file is: its bytes and its name come in, a description in words and what searches find it by go out.

Everything is measured or quoted. Nothing is recognised here, so nothing is said of what a picture shows.
"""
