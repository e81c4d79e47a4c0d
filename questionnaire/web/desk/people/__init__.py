"""Who is let in at the desk, and what each may do."""
