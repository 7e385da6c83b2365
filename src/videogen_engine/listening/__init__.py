"""Listening: an uploaded recording is decoded, its pauses are found, and it is cut into scenes in them."""
