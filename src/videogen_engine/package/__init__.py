"""A timeline and its rendered segments go in; the MP4 with sound, thumbnail, subtitles and manifest come out."""
