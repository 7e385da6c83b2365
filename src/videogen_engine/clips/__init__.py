"""Clips: a prompt and a length go in, a few illustrated shots with a moving camera come out as a timeline."""
