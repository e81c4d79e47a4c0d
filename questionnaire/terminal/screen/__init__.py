"""The interview on a screen: lists to move in, drawn in the place of the one before."""
