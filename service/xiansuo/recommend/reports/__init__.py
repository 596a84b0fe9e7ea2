"""From a work report to the tasks of the year: its parts, its clauses, their names, words and weights."""
