"""The kit's own fixtures, as users get them."""
