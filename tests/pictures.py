"""Maps made to hurt pictures, and the rules every page must keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tropa.layout.geometry import Bounds, all_groups, line_bounds
from tropa.layout.scene import Group, Item, Line, Page, Rect
from tropa.model import (
    Brand,
    Deal,
    Feels,
    Improvement,
    Lane,
    Loop,
    Map,
    Metric,
    Opportunity,
    Pain,
    Persona,
    Stage,
    SubStage,
    Touchpoint,
)

LONG = "Высокопревосходительствующее человеконенавистничество"
CROWDED = (
    "Сравнивает три магазина, читает отзывы на маркетплейсе и спрашивает у друга, который уже два года ходит в зал и во всём разбирается",
    "Ищет «протеин для новичка»",
    LONG,
    "Открывает https://example.com/catalogue/protein/whey-isolate?utm_source=blog&utm_campaign=autumn в новой вкладке",
)
CHANNELS = ("website", "mail", "sms", "phone", "courier", "чат-бот", None)


@dataclass(frozen=True)
class Placed:
    """A line of text and the group it stands in."""

    line: Line
    box: Bounds
    cell: str


def placed(items: tuple[Item, ...], cell: str = "") -> Iterator[Placed]:
    """Every line with the address of its group."""
    for item in items:
        if isinstance(item, Line):
            yield Placed(item, line_bounds(item), cell)
        elif isinstance(item, Group):
            yield from placed(item.items, item.cell or cell)


def overlaps(page: Page, slack: float = 1.0) -> list[tuple[str, str]]:
    """Pairs of lines whose boxes meet by more than `slack` pixels."""
    lines = sorted(placed(page.items), key=lambda item: item.box[1])
    out = []
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.box[1] >= one.box[3] - slack:
                break
            across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
            if across > slack and min(one.box[3], other.box[3]) - other.box[1] > slack:
                out.append((f"{one.cell}: {one.line.text}", f"{other.cell}: {other.line.text}"))
    return out


def outside(page: Page) -> list[str]:
    """Lines that leave the page."""
    return [
        item.line.text
        for item in placed(page.items)
        if item.box[0] < 0 or item.box[1] < 0 or item.box[2] > page.width + 0.5 or item.box[3] > page.height + 0.5
    ]


def out_of_cell(page: Page) -> list[str]:
    """Lines that leave the box of their cell."""
    out = []
    for cell in all_groups(page.items, "cell"):
        box = cell.items[0]
        assert isinstance(box, Rect)
        for item in placed(cell.items):
            left, top, right, bottom = item.box
            if left < box.x - 1 or right > box.x + box.width + 1 or top < box.y - 1 or bottom > box.y + box.height + 1:
                out.append(f"{cell.cell}: {item.line.text}")
    return out


def sheets(page: Page) -> tuple[Page, ...]:
    """A page and its further sheets."""
    return (page, *page.more)


def check(page: Page) -> None:
    """What must hold of every page (R-07): nothing overlaps, nothing leaves its cell or the page."""
    for sheet in sheets(page):
        assert overlaps(sheet) == []
        assert outside(sheet) == []
        assert out_of_cell(sheet) == []


def crafted(count: int, crowded: bool, branches: bool = False, deal: int = 3) -> Map:
    """A map of `count` stages, empty or crowded, straight or with two branches after the first stage."""
    stages = []
    for index in range(count):
        words = CROWDED[: 1 + index % 4] if crowded else ()
        points = tuple(
            Touchpoint(
                id=f"p{index}-{k}", title=CROWDED[k % 4][:40] if crowded else f"Точка {k}", channel=CHANNELS[(index + k) % 7],
                does=words, thinks=words[:1], feels=Feels(score=(k - 1) / 2, words=("anxiety",)), moment_of_truth=k == 0,
                pains=(Pain(id=f"q{index}-{k}", text=CROWDED[k % 4], severity=1 + k % 3, owner="Анна-Мария Константинопольская"),),
                cells={"note": words[0], "mood": {"curve": 0.5}} if crowded else {},
            )
            for k in range(4 if crowded else index % 2)
        )  # fmt: skip
        after = ("s0",) if branches and index in (1, 2) else ("s1", "s2") if branches and index == 3 else None
        stages.append(
            Stage(
                id=f"s{index}", title=LONG if crowded and index == 1 else f"Этап {index + 1}", after=after,
                deal=Deal(event="paid") if index == min(deal, count - 1) else None,
                goal=CROWDED[index % 4] if crowded else None, does=words, asks=words, doubts=words, expects=words, strengths=words,
                feels=Feels(score=((-1) ** index) * index / count * 2, words=("joy", "anger")) if crowded or index % 2 else None,
                brand=Brand(goal=words[0], task="remove-barriers", does=words) if crowded else None,
                opportunities=(Opportunity(id=f"o{index}", text=CROWDED[index % 4], kind="wow"),) if crowded else (),
                metrics=(Metric(id=f"m{index}", title=CROWDED[1], reading="conversion", at_least=0.4, owner="Пётр"),) if crowded else (),
                touchpoints=points[:2], stages=(SubStage(id=f"g{index}", title=CROWDED[0], touchpoints=points[2:]),) if points[2:] else (),
                moment_of_truth=index == 1, owner="Пётр" if crowded else None,
            )
        )  # fmt: skip
    loops = (
        Loop(source=f"s{count - 1}", target="s0", kind="bad-experience"),
        Loop(source=f"s{count - 1}", target="s1"),
    )
    return Map(
        title=CROWDED[0] if crowded else "Карта", stages=tuple(stages), loops=loops if count > 2 else (),
        lanes=(Lane(id="note", title="Своя строка с длинным названием", level="touchpoint"), Lane(id="mood", title="Кривая", kind="curve")),
        personas=(Persona(id="p", title=CROWDED[0], quote=CROWDED[0], share=0.333),) if crowded else (), persona="p" if crowded else None,
        improvements=(Improvement(id="i", text=CROWDED[0], stage="s0", owner="Анна", effect=CROWDED[0]),) if crowded else (),
    )  # fmt: skip
