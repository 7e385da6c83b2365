"""Machine checks of a finished film: what is wrong with it, when, and what mends it."""
