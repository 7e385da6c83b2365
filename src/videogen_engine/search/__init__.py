"""Finding files by words: what a file says of itself becomes a row; a query ranks the rows."""
