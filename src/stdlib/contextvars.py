"""Context variables (PEP 567): values that belong to a chain of control, not to a place in the text."""

from collections.abc import Mapping

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ["Context", "ContextVar", "Token", "copy_context"]

Mapping.register(Context)
