"""A prompt goes in; a picture composed of scenery, bundled drawings and the user's own pictures comes out."""
