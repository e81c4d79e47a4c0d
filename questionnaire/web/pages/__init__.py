"""The pages of one conversation, wherever it is held."""
