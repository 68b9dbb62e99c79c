"""The chat alone: parse, one service call, one view."""
