"""What the bot promises, tried with everything going wrong: `make chaos`."""
