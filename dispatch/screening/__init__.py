"""The first reading of a text: a fast, pure, rule-based classifier of Bahasa as it is typed here.

``screen(text)`` reads a message in well under a millisecond and proposes class, type, priority,
the stated number of casualties and whether calling back is dangerous, each with its reasons. It
has no memory, no database and no clock. How a text goes through it::

    marks      links, coordinates, emoji, laughter
    phrases    words → concepts, by the tables words_*.py and kinds/
    evidence   concepts → types with a weight
    classes    what kind of contact it is; noise only where nothing speaks of an event
    priority   P1, P2, P3 by the rules of the type
    casualties, covert, places

``evaluate`` measures it against labelled rows. To teach it a word, add the word to the table of
its concept; to teach it a type, add a file to ``kinds/``.
"""

from dispatch.screening.screen import Screening, screen

__all__ = ["Screening", "screen"]
