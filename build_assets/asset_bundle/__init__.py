"""Turns the packages of ``build_assets/package-lock.json`` into ``src/videogen_engine/bundled/``. Build time only."""
