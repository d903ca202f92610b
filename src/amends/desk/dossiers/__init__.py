"""Dossiers at the desk: what a case has for a forum, what a person chose, the building by the runner, and what is handed out."""
