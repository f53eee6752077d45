"""What `conversations.py` makes its programs of: a stage (what every conversation begins with) and authors."""

from .author import Author
from .wider import Wider

__all__ = ["author"]


def author(seed, plain, edition):
    """Who writes the conversation of this seed, in a vocabulary."""
    return (Wider if edition > 2 else Author)(seed, plain, edition)
