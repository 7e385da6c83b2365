"""The looks: each paints a scene's ground and says how lettering, cards and icons are done on it."""
