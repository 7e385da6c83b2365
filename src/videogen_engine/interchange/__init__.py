"""A film as an editing program's timeline: clean scenes, sounds, captions and transitions, each at its exact time."""
