"""A timeline and a remix action go in; the edited timeline comes out. One module per action."""
