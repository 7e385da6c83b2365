"""Drawn presenters: who they are and a recording go in, a clip in which they speak it comes out."""
