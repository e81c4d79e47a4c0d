"""How a database of each released version becomes one of today's."""
