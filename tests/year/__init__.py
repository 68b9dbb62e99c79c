"""A year of arenas played in chat, and the report's figures beside those that what was played adds up to."""
