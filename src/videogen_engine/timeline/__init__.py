"""Plan, narration and pictures go in; the versioned document that is the film comes out."""
