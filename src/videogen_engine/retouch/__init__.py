"""Retouching: a picture or video of the user's goes in; cut out, enlarged, traced or set in depth it comes out."""
