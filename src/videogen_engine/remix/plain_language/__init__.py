"""Plain words and a film go in; typed operations, or the reason why there are none, come out."""
