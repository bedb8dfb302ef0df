"""What is in an archive, for `tropa events`."""

from __future__ import annotations

import numpy as np

from tropa.trail.archive.manifest import Manifest
from tropa.trail.archive.report import EventVolume, Summary
from tropa.trail.tape import Tape


def summarise(manifest: Manifest, tape: Tape | None, erased: int) -> Summary:
    """Counts over the published tape."""
    first = last = None
    volumes: list[EventVolume] = []
    channels: list[tuple[str, int]] = []
    if tape is not None and tape.events:
        first, last = int(tape.time.min()), int(tape.time.max())
        volumes = _volumes(tape)
        count = np.bincount(tape.channel.codes, minlength=len(tape.channel.names))
        channels = [(name, int(count[code])) for code, name in enumerate(tape.channel.names) if name and count[code]]
        channels.sort(key=lambda item: (-item[1], item[0]))
    return Summary(
        events=manifest.events,
        customers=manifest.customers,
        first=first,
        last=last,
        currency=manifest.currency,
        version=manifest.version,
        generation=manifest.generation,
        sources=manifest.sources,
        imports=manifest.imports,
        volumes=tuple(volumes),
        channels=tuple(channels),
        properties=() if tape is None else tuple(tape.properties),
        erased=erased,
    )


def _volumes(tape: Tape) -> list[EventVolume]:
    names = len(tape.event.names)
    events = np.bincount(tape.event.codes, minlength=names)
    customers = np.zeros(names, np.int64)
    step = max(1, (1 << 23) // names)
    for begin in range(0, len(tape.customers), step):
        bounds = tape.offsets[begin : begin + step + 1]
        codes = tape.event.codes[bounds[0] : bounds[-1]].astype(np.int64)
        seen = np.zeros((len(bounds) - 1, names), bool)
        seen[np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), codes] = True
        customers += seen.sum(axis=0)
    out = [
        EventVolume(name, int(events[code]), int(customers[code]))
        for code, name in enumerate(tape.event.names)
        if name and events[code]
    ]
    return sorted(out, key=lambda volume: (-volume.events, volume.name))
