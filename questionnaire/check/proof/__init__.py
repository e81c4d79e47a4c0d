"""Formal proof: all possible interviews as formulas, and the solver that decides on them."""
