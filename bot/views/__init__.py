"""Typed content for messages in the reader's language."""
