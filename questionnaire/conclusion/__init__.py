"""What follows from the answers, why, and why not."""
