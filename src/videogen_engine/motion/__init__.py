"""A prompt goes in; an animated graphic comes out, see-through or on a ground."""
