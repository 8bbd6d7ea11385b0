"""What every room stands on: settings, database, event log, state machines, accounts, files, web shell.

Imports nothing of ours.
"""
