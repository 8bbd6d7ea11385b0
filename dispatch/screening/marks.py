"""What is read off the raw text before words: links, coordinates, emoji, laughter."""

import re
from dataclasses import dataclass

MAX_CHARS = 3000
"""More is not read by the rules; a person reads the rest. Longer texts keep head and tail."""

_TAIL = 500
_LINK = re.compile(
    r"(?:https?://|www\.|geo:)\S+|\b[\w-]+\.(?:com|net|id|me|link|xyz|site|vip)/\S*"
    r"|\b[\w-]+\.(?:xyz|site|vip|top|club|online|click|bid)\b",
    re.I,
)
_PLACE_LINK = re.compile(
    r"geo:|maps|goo\.gl|waze|osm\.org|openstreetmap|plus\.codes|what3words", re.I
)
_COORDINATES = re.compile(r"-?\d{1,3}[.,]\d{2,}\s*[,; ]\s*-?\d{1,3}[.,]\d{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_LAUGH_FACES = frozenset("🤣😂😆😹😜😝🤪")
_PLEA_FACES = frozenset("🆘🔥🚨🚑🚒🩸🔪🌊😱⚠🐍🚓🏚💥☠🧯🤕😰😭🙏")
_LAUGH = re.compile(
    r"(?:[aw]*(?:wk|kw){2,}\w*|h?u?a*(?:ha){2,}h?|wa?ka(?:ka)+k?|(?:hi){3,}|(?:xi){2,}|"
    r"\w?wok(?:wok)+|wkw|lol|ngakak\w*|lmao|rofl|bwah\w*|(?:ka){3,}k?)$"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The text left for the words, and what else was seen.

    ``links`` counts links that are no map; ``plea`` and ``laughter`` are emoji; ``cut`` says
    that the text was longer than :data:`MAX_CHARS`.
    """

    text: str
    links: int
    position: bool
    plea: bool
    laughter: bool
    cut: bool

    @property
    def wordless(self) -> bool:
        """No letter is left: empty, punctuation, digits or emoji only."""
        return _LETTER.search(self.text) is None


def look(text: str) -> Marks:
    """Take links and coordinates out of ``text`` and note what they and the emoji say."""
    cut = len(text) > MAX_CHARS
    if cut:
        text = f"{text[: MAX_CHARS - _TAIL]}\n{text[-_TAIL:]}"
    links = 0
    position = False
    for link in _LINK.findall(text):
        if _PLACE_LINK.search(link):
            position = True
        else:
            links += 1
    text = _LINK.sub(" ", text)
    if _COORDINATES.search(text):
        position = True
        text = _COORDINATES.sub(" ", text)
    faces = frozenset() if text.isascii() else frozenset(text)
    return Marks(
        text=text.replace("🆘", " sos "),
        links=links,
        position=position,
        plea=bool(faces & _PLEA_FACES),
        laughter=bool(faces & _LAUGH_FACES),
        cut=cut,
    )


def laughs(words: tuple[str, ...]) -> bool:
    """wkwk, haha, awokwok, xixi: laughter in letters. "hehe" alone is embarrassment, not a joke."""
    return any(_LAUGH.match(word) for word in words)
