"""Jobs, projects, files and their bytes: rows in SQL, media by key, finished work by content."""
