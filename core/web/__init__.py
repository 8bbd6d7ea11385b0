"""The web shell: identity, middleware, problems, templates, sign-in, health. Knows no room."""
