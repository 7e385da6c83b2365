"""A message and what is known of the user's work go in; out comes a reply, with a film or an edit to propose."""
