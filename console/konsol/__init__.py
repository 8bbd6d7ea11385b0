"""The operator's page: one shell, its words, and the scripts under /static/konsol."""
