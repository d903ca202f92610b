"""The verbs of the desk on a case, one a file. Each is one transaction: an entry in the log, and all that it changes."""
