"""How fast acuscreen is: every figure of `docs/speed.md`, ours against a baseline."""
