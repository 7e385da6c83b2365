"""Video tools for AI agents over VideoGen's REST contract, hosted or embedded.

Importing this package is cheap: it never imports the engine, a media library or an agent framework.
"""

__version__ = "0.1.0"
