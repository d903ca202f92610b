"""Dossiers: checklists, the letter, the indexed PDF, and what each forum is handed."""
