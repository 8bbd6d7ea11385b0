"""A text read once: its words, its clauses, and where each concept is named."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a concept is named: words ``start..end`` (end exclusive) of the text.

    ``denied`` after a negation ("belum masuk"), ``supposed`` after an if ("kalau banjir").
    """

    start: int
    end: int
    words: str
    denied: bool = False
    supposed: bool = False

    @property
    def meant(self) -> bool:
        """Said of the present case."""
        return not self.denied and not self.supposed


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once: its words without fillers, and where each concept stands.

    ``sentence[i]`` and ``clause[i]`` number the sentence and clause of word i; ``asks`` holds the
    sentences that end in a question mark. ``hits`` lists each concept's places in order.
    """

    words: tuple[str, ...]
    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    asks: frozenset[int]
    hits: dict[str, list[Hit]]

    def has(self, concept: str) -> bool:
        """Named at least once, neither denied nor supposed."""
        return self.first(concept) is not None

    def mentions(self, concept: str) -> bool:
        """Named at all."""
        return concept in self.hits

    def denied(self, concept: str) -> Hit | None:
        """The first place where the concept is named after a negation."""
        return next((hit for hit in self.hits.get(concept, ()) if hit.denied), None)

    def first(self, concept: str) -> Hit | None:
        """The first place where the concept is named of the present case."""
        return next((hit for hit in self.hits.get(concept, ()) if hit.meant), None)

    def near(self, first: str, then: str, gap: int, *, ordered: bool) -> tuple[Hit, Hit] | None:
        """Two named concepts with at most ``gap`` words between them."""
        for a in self.hits.get(first, ()):
            if not a.meant:
                continue
            for b in self.hits.get(then, ()):
                if not b.meant:
                    continue
                if 0 <= b.start - a.end <= gap:
                    return a, b
                if not ordered and 0 <= a.start - b.end <= gap:
                    return a, b
        return None
