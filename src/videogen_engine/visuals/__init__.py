"""Planned, spoken scenes go in; a designed picture for each, with its reason and licences, comes out."""
