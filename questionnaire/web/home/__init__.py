"""The pages on a computer at home: who is let in, where a conversation begins and how it ends."""
