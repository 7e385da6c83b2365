"""A timeline and a frame size go in; one closed-GOP H.264 segment per scene comes out."""
