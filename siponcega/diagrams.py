"""The state diagrams of docs/architecture.md, printed from the tables, so that they cannot go stale.

python -m siponcega.diagrams            print them
python -m siponcega.diagrams --write    put them into docs/architecture.md
"""

from __future__ import annotations

import sys
from pathlib import Path

from core.machine import Machine
from dispatch.states import MACHINES as DISPATCH
from notifier.states import DELIVERY

PAGE = Path(__file__).parents[1] / "docs" / "architecture.md"
BEGIN, END = "<!-- states: begin -->", "<!-- states: end -->"
TITLES = {"place": "REPORT, its place", "handling": "REPORT, its handling"}


def machines() -> list[Machine]:
    return [*DISPATCH, DELIVERY]


def diagram(machine: Machine) -> str:
    """One machine as a mermaid state diagram; final states lead out."""
    lines = [f"### {TITLES.get(machine.column, machine.name.upper())}", "", "```mermaid"]
    lines.append("stateDiagram-v2")
    first = next(iter(machine.moves))
    lines.append(f"    [*] --> {first}")
    for state, targets in machine.moves.items():
        lines += [f"    {state} --> {to}" for to in targets]
        if not targets:
            lines.append(f"    {state} --> [*]")
    lines.append("```")
    if machine.chain:
        lines += ["", "Back-filled in this order: " + " → ".join(machine.chain) + "."]
    return "\n".join(lines)


def printed() -> str:
    return "\n\n".join(diagram(machine) for machine in machines())


def page_with(text: str) -> str:
    """The page with the diagrams between its two marks."""
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{printed()}\n\n{END}{tail}"


def main() -> int:
    if "--write" in sys.argv:
        PAGE.write_text(page_with(PAGE.read_text("utf-8")), "utf-8")
    else:
        sys.stdout.write(printed() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
