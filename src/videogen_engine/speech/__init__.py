"""Planned sentences go in; narration per scene with exact word and phone times comes out."""
