"""Alignment: a recording and the text that is said in it go in; when each word is said comes out."""
