"""The story in a screenful: where customers leave, what it costs, what they felt, how few come back, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from tropa.cli.glyphs import Glyphs
from tropa.cli.ribbon import ribbon
from tropa.layout import figures, findings
from tropa.model import Break, CannotTell, Map, Pain, Rate, Readings, Satisfaction, Times, say
from tropa.render import phrases
from tropa.words import Words
from tropa.words.numbers import NBSP

MOST_BREAKS = 4
"""So many breaks are told; the rest are counted and named as to be had from `tropa breaks`."""

WIDEST = 100
"""Lines longer than this are hard to read; the terminal may be wider."""

_UNBOUND_WORTH_TELLING = 0.05


def story(
    value: Map,
    readings: Readings | None,
    words: Words,
    width: int = 80,
    *,
    files: Sequence[Path | str] = (),
    folder: Path | str = "",
    notes: Sequence[str] = (),
) -> RenderableType:
    """What `tropa demo` and `tropa map` say: one screen, at most `width` cells wide.

    `files`: what was written (told by folder, formats side by side); `folder`: the workspace, named in the commands that are proposed.
    `notes`: what is worth knowing of how the files were read.
    """
    written = tuple(Path(file) for file in files)
    return _Story(value, readings, words, min(width, WIDEST), written, str(folder), tuple(notes))


def written(files: Sequence[Path | str], words: Words, width: int = 80) -> RenderableType:
    """What was written: by folder, formats side by side."""
    return _Written(tuple(Path(file) for file in files), words, min(width, WIDEST))


@dataclass(frozen=True, slots=True)
class _Written:
    files: tuple[Path, ...]
    words: Words
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _files_told(
            self.files, self.words, Glyphs(options.encoding), max(40, min(self.width, options.max_width))
        )


@dataclass(frozen=True, slots=True)
class _Story:
    map: Map
    readings: Readings | None
    words: Words
    width: int
    files: tuple[Path, ...]
    folder: str
    notes: tuple[str, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        glyphs = Glyphs(options.encoding)
        width = max(40, min(self.width, options.max_width))
        blocks = [
            list(self._head(glyphs, width)),
            list(ribbon(self.map, self.readings, self.words, glyphs, width)),
            list(self._breaks(glyphs, width)),
            list(self._loop(glyphs, width)),
            list(self._next(glyphs, width)),
            list(self._listed("story-notes", self.notes, glyphs, width)),
            list(_files_told(self.files, self.words, glyphs, width)),
        ]
        first = True
        for block in blocks:
            if not block:
                continue
            if not first:
                yield Text("")
            first = False
            yield from block

    def _head(self, glyphs: Glyphs, width: int) -> Iterator[Text]:
        words, value, readings = self.words, self.map, self.readings
        title = say(value.title, words.lang)
        labels = [words(f"map-kind-{value.kind}")]
        labels += [words("story-simulated")] if value.simulated else []
        labels += [words("story-proposal")] if value.proposal else []
        finding = findings.headline(value, readings, words)
        worst = figures.worst_break(readings)
        if finding != title:
            yield from _lines(glyphs.wrap(finding, width), "bold red" if worst else "bold")
        yield from _lines(glyphs.wrap(" · ".join([title, *labels]), width), "" if finding != title else "bold")
        if readings is None:
            yield from _lines(glyphs.wrap(words("story-no-log"), width), "")
            return
        yield from _lines(glyphs.wrap(self._price(worst), width), "") if worst else ()
        scope = [phrases.scope(words, readings.scope), phrases.under_way(words, readings.scope)]
        yield from _lines(glyphs.wrap(" · ".join(filter(None, scope)), width), "dim")

    def _price(self, item: Break) -> str:
        """The price of the dearest break in a sentence: how sure, of what, against what."""
        words, loss = self.words, item.loss
        between = phrases.price_range(words, loss)
        return words(
            "story-price",
            what="" if loss.kind == "deals" else phrases.what_is_lost(words, loss),
            price=phrases.price(words, loss),
            between=between,
            than=words(
                f"story-than-{loss.reference_kind}",
                name=figures.reference_name(words, self.map, loss),
                rate=words.percent(loss.reference, figures.digits_for(item.rate.low, item.rate.high)),
            )
            if loss.reference_kind != "none"
            else "",
            oftener=phrases.times_oftener(words, item),
            kind=item.kind,
        )

    def _breaks(self, glyphs: Glyphs, width: int) -> Iterator[Text]:
        words, readings = self.words, self.readings
        found = figures.priced_breaks(readings) if readings is not None else []
        if readings is None or not found:
            return
        yield Text(glyphs.text(words("story-breaks", what=phrases.what_is_lost(words, found[0].loss))), style="bold")
        yield from self._ranked(found[:MOST_BREAKS], glyphs, width)
        if len(found) > MOST_BREAKS:
            yield Text(glyphs.text(words("story-more-breaks", n=len(found) - MOST_BREAKS)), style="dim")
        if readings.all_together is not None and len(found) > 1:
            together = words("story-together", price=phrases.price(words, readings.all_together))
            yield from _lines(glyphs.wrap(together, width, indent="   "), "dim")

    def _ranked(self, found: Sequence[Break], glyphs: Glyphs, width: int) -> Iterator[Text]:
        """The breaks as aligned columns; in sentences where these do not fit, or the cases are few and need words."""
        words = self.words
        rows = [
            (
                f"{item.rank}. {phrases.place(words, self.map, item)}",
                phrases.price(words, item.loss),
                phrases.price_range(words, item.loss),
                phrases.share(words, item.rate),
            )
            for item in found
        ]
        cells = [tuple(glyphs.text(text) for text in row) for row in rows]
        wide = [max(cell_len(row[at]) for row in cells) for at in range(4)]
        if figures.is_small(self.readings) or sum(wide) + 6 > width:
            for item in found:
                for number, line in enumerate(glyphs.wrap(self._break(item), width, indent="   ")):
                    yield Text(line, style="red" if item.rank == 1 and number == 0 else "")
            return
        for item, row in zip(found, cells, strict=True):
            name, price, between, leave = row
            start = f"{name}{' ' * (wide[0] - cell_len(name))}  {' ' * (wide[1] - cell_len(price))}{price}"
            told = Text(start, style="red" if item.rank == 1 else "")
            told.append(f"  {between}{' ' * (wide[2] - cell_len(between))}  {leave}")
            told.rstrip()
            yield told

    def _break(self, item: Break) -> str:
        words = self.words
        return words(
            "story-break",
            rank=item.rank,
            place=phrases.place(words, self.map, item),
            price=phrases.price(words, item.loss),
            between=phrases.price_range(words, item.loss),
            leave=self._share(item.rate),
            kind=item.kind,
        )

    def _share(self, rate: Rate) -> str:
        """A share; of few cases counts and a range in words, since a percentage would pretend to know more."""
        words = self.words
        if not figures.is_small(self.readings):
            return phrases.rate(words, rate)
        low, high = max(0, round(rate.low * 100)), min(100, round(rate.high * 100))
        return words("story-few", part=rate.numerator, whole=rate.denominator, low=low, high=high)

    def _loop(self, glyphs: Glyphs, width: int) -> Iterator[Text]:
        if self.readings is None:
            return
        words, loop = self.words, self.readings.loop
        if self.map.deal_stage is None and not figures.is_entered(self.readings):
            proposal = "yes" if self.map.proposal else "no"
            yield from _lines(glyphs.wrap(words("story-no-deal", proposal=proposal), width), "")
        elif not self.map.bought_again:
            yield from _lines(glyphs.wrap(words("story-not-bought-again"), width), "")
        elif isinstance(loop.repeat_rate, Rate):
            shown = self._share(loop.repeat_rate)
            if loop.repeat_curve is not None and not figures.is_small(self.readings):
                low = loop.repeat_curve if loop.repeat_curve_low is None else loop.repeat_curve_low
                high = loop.repeat_curve if loop.repeat_curve_high is None else loop.repeat_curve_high
                shown = phrases.share_between(words, loop.repeat_curve, low, high)
            usually = words.duration(loop.interval.median_s) if isinstance(loop.interval, Times) else ""
            waited = self._waited()
            if loop.repeat_rate.numerator == 0 and figures.is_small(self.readings):
                sentence = words("story-loop-nobody", n=loop.repeat_rate.denominator, **waited)
            else:
                sentence = words("story-loop", share=shown, usually=usually, **waited)
            yield from _lines(glyphs.wrap(sentence, width), "")
        elif self.readings.scope.data_version != "entered":
            yield from _lines(glyphs.wrap(words("story-loop-unknown", why=self._why(loop.repeat_rate)), width), "dim")
        yield from self._felt(glyphs, width)

    def _waited(self) -> dict[str, str]:
        """How long buyers were waited for; where the log is short, its length too: that is why the wait is."""
        assert self.readings is not None
        horizon, length = self.readings.loop.horizon_s, figures.log_length(self.readings)
        short = length is not None and length < figures.SHORT_LOG
        return {
            "horizon": self.words.duration(horizon) if horizon else "",
            "length": self.words.duration(length) if short and length else "",
        }

    def _why(self, reason: CannotTell) -> str:
        """The reason, to stand after a colon."""
        told = figures.cannot_text(self.words, reason)
        return told[:1].lower() + told[1:]

    def _felt(self, glyphs: Glyphs, width: int) -> Iterator[Text]:
        """The best and the worst that customers felt, by their own scores."""
        assert self.readings is not None
        words = self.words
        known = [
            (item.satisfaction, say(self.map.stage(item.id).title, words.lang))
            for item in self.readings.stages
            if isinstance(item.satisfaction, Satisfaction)
        ]
        if not known:
            return
        best, worst = max(known, key=lambda pair: pair[0].mean), min(known, key=lambda pair: pair[0].mean)
        facts = {"best": best[1], "high": phrases.score_full(words, best[0])}
        facts |= {"worst": worst[1] if len(known) > 1 else "", "low": phrases.score_full(words, worst[0])}
        yield from _lines(glyphs.wrap(words("story-felt", **facts), width), "")

    def _next(self, glyphs: Glyphs, width: int) -> Iterator[Text]:
        yield from self._listed("story-next", tuple(self._advice()), glyphs, width)

    def _listed(self, heading: str, entries: Sequence[str], glyphs: Glyphs, width: int) -> Iterator[Text]:
        """A heading and its entries; nothing where there are none."""
        if entries:
            yield Text(glyphs.text(self.words(heading)), style="bold")
        for entry in entries:
            yield from _lines(glyphs.wrap(f"{'•' if glyphs.has('•') else '*'} {entry}", width, indent="  "), "")

    def _advice(self) -> Iterator[str]:
        words, value, readings = self.words, self.map, self.readings
        worst = figures.worst_break(readings)
        if worst is not None:
            yield self._first_step(worst)
        if value.proposal:
            yield words("story-check-proposal", folder=self.folder)
        collect = " ".join(figures.to_collect(value, readings, words))
        if collect:
            yield words("picture-collect", what=collect.rstrip(";.") + ".")
        if readings is not None and figures.is_small(readings) and readings.loop.deals:
            yield words("story-collect-quarter", n=readings.loop.deals * 3)
        if readings is not None and readings.scope.events:
            loose = 1 - readings.scope.bound_events / readings.scope.events
            if loose > _UNBOUND_WORTH_TELLING and readings.unbound:
                names = ", ".join(item.event for item in readings.unbound[:3])
                yield words("story-unbound", share=words.percent(loose, 0), names=names, folder=self.folder)

    def _first_step(self, item: Break) -> str:
        """What the map itself proposes for the dearest break: its improvement, else its worst pain, else to ask."""
        words, value = self.words, self.map
        stage = value.stage(item.stage)
        title = say(stage.title, words.lang)
        planned = [
            entry for entry in value.improvements if entry.stage == stage.id and entry.status not in ("done", "dropped")
        ]
        if planned:
            entry = planned[0]
            due = words.day(entry.due) if entry.due else ""
            return words(
                "story-do",
                stage=title,
                text=say(entry.text, words.lang),
                owner=value.who(entry.owner, words.lang),
                due=due,
            )
        pains: list[Pain] = [*stage.pains, *(pain for point in stage.all_touchpoints for pain in point.pains)]
        if pains:
            pain = max(pains, key=lambda entry: entry.severity)
            return words("story-mend", stage=title, pain=say(pain.text, words.lang))
        return words("story-ask", stage=title, kind=item.kind)


def _files_told(files: Sequence[Path], words: Words, glyphs: Glyphs, width: int) -> Iterator[Text]:
    """What was written, by folder; pictures of one name with their formats side by side."""
    by_folder: dict[Path, dict[str, list[str]]] = {}
    for file in files:
        by_folder.setdefault(file.parent, {}).setdefault(file.stem, []).append(file.suffix.lstrip("."))
    for place, names in by_folder.items():
        yield Text(glyphs.text(words("story-files", folder=str(place))), style="bold")
        told = [f"{name}.{NBSP.join(forms)}" for name, forms in names.items()]
        yield from _lines(glyphs.wrap("; ".join(told), width - 2), "", before="  ")


def _lines(lines: Sequence[str], style: str, before: str = "") -> Iterator[Text]:
    for line in lines:
        yield Text(before + line, style=style)
