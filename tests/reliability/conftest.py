"""One account on real sockets."""

from .rig import rig

__all__ = ["rig"]
