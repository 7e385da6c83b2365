"""Documents whose pages become scenes: reading them, saying them, drawing them."""
