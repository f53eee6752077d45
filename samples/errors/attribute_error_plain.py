"""Attributes of builtin types."""

words = "some words"
words.push("more").upper()
