"""Ask and tell: the questions, the interview and the report."""
