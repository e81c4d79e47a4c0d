"""Files, locks, worker processes and progress: what the machine gives."""
