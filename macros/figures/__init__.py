"""Charts and maps as SVG, drawn at build time and kept by the hash of what they show."""

from .drawing import Drawings, NotDrawn, for_print

__all__ = ["Drawings", "NotDrawn", "for_print"]
