"""Is the content right?  Structure and wording are checked; every interview is proved."""
