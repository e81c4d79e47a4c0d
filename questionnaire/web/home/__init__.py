"""The pages on a computer at home: who is let in."""
