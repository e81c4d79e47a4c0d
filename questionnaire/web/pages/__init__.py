"""The pages of one conversation, from its first to its last, wherever it is held."""
