"""``python -m siponcega`` is the ``siponcega`` command."""

from siponcega.cli import main

main()
