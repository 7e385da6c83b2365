"""A file of sound or moving pictures goes in; what players stream of it (HLS) comes out."""
