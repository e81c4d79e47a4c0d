"""What can be asked and said: read from data, checked for its form, and versioned."""
