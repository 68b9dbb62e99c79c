"""Arenabot: slots at the arenas of Norrbotten, booked in a chat."""
