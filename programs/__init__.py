"""The city programs: small packages of one shape (`programs.shape`), listed here.

They import `core`, `geo` and `registry`, never `dispatch` or each other; what they want of the core
they ask through the event log.
"""

from pathlib import Path

from programs.satisfaction.program import PROGRAM as satisfaction
from programs.shape import Program

PROGRAMS: tuple[Program, ...] = (satisfaction,)

TEMPLATE_DIRS = [
    Path(__file__).parent / "templates",
    *(program.templates for program in PROGRAMS),
]
