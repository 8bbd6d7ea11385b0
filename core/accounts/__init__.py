"""Accounts of people and machines: passwords, second factor, one-time links, sessions.

A session is a row; its cookie holds 256 random bits of which only the SHA-256 is stored. Revoking
the row ends it with the very next request. Nothing here knows HTTP.
"""
