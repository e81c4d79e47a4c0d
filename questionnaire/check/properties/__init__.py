"""What is proved of every interview."""
