"""The mechanism of moves without a database: paths over any table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.machine import Machine

NAMES = st.sampled_from("abcdef")


@st.composite
def machines(draw: st.DrawFn) -> Machine:
    states = draw(st.lists(NAMES, min_size=1, unique=True))
    moves = {s: tuple(draw(st.lists(st.sampled_from(states), unique=True))) for s in states}
    chain = tuple(draw(st.permutations(states)))[: draw(st.integers(0, len(states)))]
    return Machine("m", "t", moves, "id", chain=chain)


@given(machines())
def test_every_path_is_made_of_legal_moves_and_ends_where_asked(machine: Machine) -> None:
    for state in machine.states:
        for to in machine.states:
            steps = machine.path(state, to)
            at = state
            for step in steps:
                assert step in machine.moves[at]
                at = step
            assert not steps or at == to


@given(machines())
def test_a_direct_move_is_never_taken_the_long_way(machine: Machine) -> None:
    for state, targets in machine.moves.items():
        for to in targets:
            assert machine.path(state, to) == (to,)


@given(machines())
def test_filled_steps_go_forward_along_the_chain_and_none_could_be_left_out(
    machine: Machine,
) -> None:
    order = {name: number for number, name in enumerate(machine.chain)}
    for state in machine.states:
        for to in machine.states:
            steps = machine.path(state, to)
            if len(steps) < 2:
                continue
            numbers = [order[s] for s in (state, *steps)]
            assert numbers == sorted(set(numbers))
            whole = (state, *steps)
            for early in range(len(whole)):
                for late in range(early + 2, len(whole)):
                    assert whole[late] not in machine.moves[whole[early]]


@given(machines())
def test_what_is_legal_is_what_has_a_path(machine: Machine) -> None:
    for state in machine.states:
        legal = machine.legal(state)
        assert len(set(legal)) == len(legal)
        assert set(legal) == {to for to in machine.states if machine.path(state, to)}


def test_computed_states_are_not_offered() -> None:
    machine = Machine(
        "m", "t", {"a": ("b", "c"), "b": (), "c": ()}, "id", internal=frozenset({"b"})
    )
    assert machine.legal("a") == ("c",)
    assert machine.path("a", "b") == ("b",)
    assert machine.sources("b") == ("a",)
