"""The embedded engine: serves the VideoGen contract and renders narrated, captioned films on this machine."""

#: Part of every artifact key: raise it when the same input must give different bytes.
ENGINE_VERSION = "1"
