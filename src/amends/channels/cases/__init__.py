"""Case files of our own (`amends.case/1`), for a self-built shop or another system."""
