"""The interview on a screen, or in plain lines."""
