"""The scenes of a storyboard go in; their plan, how long each lasts, and the timeline come out."""
