"""Restyling: a video and a choice of styles go in, the same shots drawn or graded by filters come out."""
