"""Getting files from the web: a URL comes in, a whole file of an accepted kind goes out, or a clear error."""
