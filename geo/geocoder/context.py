"""What stands round the words of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.geocoder import cues
from geo.geocoder.reading import Lingkungan, Word


@dataclass(frozen=True, slots=True)
class Context:
    """The words of one text, asked by position. `crowded` when the city has so many names that a
    word which only nearly is one is more often another word."""

    words: Sequence[Word]
    lingkungans: Sequence[Lingkungan]
    crowded: bool = False

    def before(self, start: int, back: int = 1) -> str:
        """The word `back` places before `start`, empty across a pause."""
        first = start - back
        if first < 0 or any(self.words[i].breaks for i in range(first + 1, start + 1)):
            return ""
        return self.words[first].text

    def after(self, end: int) -> str:
        if end >= len(self.words) or self.words[end].breaks:
            return ""
        return self.words[end].text

    def opens(self, start: int) -> bool:
        """Nothing but greetings stands before in the whole text."""
        return all(word.text in cues.GREETING for word in self.words[:start])

    def pause_before(self, start: int) -> bool:
        return self.words[start].breaks

    def pause_after(self, end: int) -> bool:
        return end >= len(self.words) or self.words[end].breaks
