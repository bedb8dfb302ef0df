"""Findings of unknown number, put one after another in arrays as they are found, slice by slice, in little memory.

Memory that has not been had before is dear: a machine that lends its memory to others gives it on the first touch, which can cost more
than all the rest. So only one slice at a time writes into the arrays themselves; what the threads beside it find goes to rooms that are
small and used again, and is put behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.slices import SMALL, cores, over

Room = dict[str, npt.NDArray[Any]]
PIECE = 2_000_000
"""Events that a slice should have: its findings fit a room of some ten megabytes."""


def pieces(events: int) -> int:
    """Into how many slices a log should be cut: as many for each core."""
    return 1 if events < SMALL else cores() * max(1, round(events / (cores() * PIECE)))


def in_a_row(
    slices: list[tuple[int, int]],
    kinds: Mapping[str, Any],
    guess: Callable[[int, int], int],
    work: Callable[[int, int, Room, int], tuple[Room, int]],
) -> tuple[Room, list[int]]:
    """The findings of all slices in order, by name (`kinds`: their types); and by slice, what its own numbers of findings are short of.

    `guess(first, last)`: how many a slice of these may have; `work(first, last, room, begin)` writes them into the arrays of the room from
    the place `begin` on and returns the room (another, where it had to be larger) and the place after the last.
    """
    workers = max(min(cores(), len(slices)), 1)
    rooms = [_room(kinds, guess(slices[0][0], slices[-1][1]))]
    rooms += [_room(kinds, max((guess(*one) for one in slices[j::workers]), default=0)) for j in range(1, workers)]
    short: list[int] = []
    done = 0
    for at in range(0, len(slices), workers):
        group = slices[at : at + workers]

        def one(j: int, _: int, group: list[tuple[int, int]] = group, done: int = done) -> tuple[Room, int]:
            return work(*group[j], rooms[j], 0 if j else done)

        found = over([(j, j + 1) for j in range(len(group))], one)
        rooms[: len(group)] = [room for room, _ in found]
        counts = [count for _, count in found]
        places = np.cumsum(counts).tolist()  # the first counts from the beginning of all
        short += [0, *places[:-1]]
        _put(rooms, counts, places)
        done = places[-1]
    return {name: array[:done] for name, array in rooms[0].items()}, short


def _room(kinds: Mapping[str, Any], size: int) -> Room:
    """Arrays for so many findings. Memory that is never written is never taken."""
    return {name: np.empty(size, kind) for name, kind in kinds.items()}


def longer(room: Room, more: int) -> Room:
    """The same with room for so many more."""
    return {name: np.concatenate([array, np.empty(more, array.dtype)]) for name, array in room.items()}


def _put(rooms: list[Room], counts: list[int], places: list[int]) -> None:
    """Puts what is in the other rooms behind what is in the first."""
    names = list(rooms[0])
    held = len(rooms[0][names[0]])
    if places[-1] > held:
        rooms[0] = longer(rooms[0], max(held, places[-1] - held))

    def move(number: int, _: int) -> None:
        name = names[number]
        for room, count, place in zip(rooms[1:], counts[1:], places[1:], strict=False):
            rooms[0][name][place - count : place] = room[name][:count]

    if len(counts) > 1:
        over([(number, number + 1) for number in range(len(names))], move)
