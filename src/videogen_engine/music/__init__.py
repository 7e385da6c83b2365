"""A few words on how it should sound go in; composed and played music with its form comes out."""
