"""Words go in; a sound effect comes out, synthesised from physical, modal and granular models."""
