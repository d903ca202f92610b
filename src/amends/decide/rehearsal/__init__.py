"""Policies asked over a whole case history at once: a case as one row, a policy as SQL. Pure: who runs the SQL is told its text."""
