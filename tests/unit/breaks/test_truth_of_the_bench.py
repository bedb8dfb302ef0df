"""What the truth bench holds the product against: planted rates are those of the definition, the oracle learns, the right files count."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tropa.simulate import Shop, markov
from tropa.simulate.walk import Better, Walk, first_draws, people, side_by_side, walk
from tropa.trail.passes import DAY

BENCH = Path(__file__).resolve().parents[3] / "bench" / "truth"
SOURCES = BENCH.parents[1] / "src"
NAMES = ("oracle", "places", "reasons", "sergeys", "shops", "join", "used")


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """Modules of bench/truth by name; they are forgotten again afterwards."""
    sys.path.insert(0, str(BENCH))
    kept = {name: sys.modules.pop(name) for name in NAMES if name in sys.modules}
    try:
        import oracle
        import places
        import reasons
        import sergeys
        import used

        yield {"oracle": oracle, "places": places, "reasons": reasons, "sergeys": sergeys, "used": used}
    finally:
        sys.path.remove(str(BENCH))
        for name in NAMES:
            sys.modules.pop(name, None)
        sys.modules |= kept


@pytest.mark.parametrize("place", ["consideration", "purchase", "loop"])
def test_fewer_leave_just_as_the_reference_says(modules: dict[str, ModuleType], place: str) -> None:
    """R-24: with those spared whom the definition spares, the rate that the guide speaks of is what the target says (of the loop: not
    coming again within the horizon, not: ever)."""
    bench = modules["sergeys"]
    shop, begin, factor = Shop(), 20_393 * DAY, 0.6
    end = begin + bench.DAYS * DAY
    them, dice = side_by_side(people(shop, 11, 15_000, begin, bench.DAYS), [1, 2])
    first = first_draws(dice, them)
    now = walk(shop, dice, them, end, Better(), first)
    reached, gone = bench._table(now, them, place, dice, end)
    spared = 1 - bench._allotted(gone, reached, factor)
    if place == "loop":
        spared = bench._kept_for_good(spared, gone, now, them, end)
    then = bench._table(walk(shop, dice, them, end, Better(spared={place: spared}), first), them, place, dice, end)
    # stratum by stratum, weighed as now: those who come oftener are others than before
    wanted = (gone / np.maximum(reached, 1) * reached).sum() * factor / reached.sum()
    found = (then[1] / np.maximum(then[0], 1) * reached).sum() / reached.sum()
    assert found == pytest.approx(wanted, rel=0.035)


def test_runs_side_by_side_are_the_runs() -> None:
    """R-65: several runs of the same customers at once, their first draws kept, are the same walks."""
    shop, begin = Shop(), 20_393 * DAY
    end = begin + 200 * DAY
    them = people(shop, 5, 400, begin, 200)
    many, dice = side_by_side(them, [7, 8])
    first = first_draws(dice, many)
    for better in (Better(), Better(spared={"decision": np.full((3, 3), 0.5)})):
        both = walk(shop, dice, many, end, better, first)
        for number, seed in enumerate((7, 8)):
            alone = walk(shop, seed, them, end, better)
            mine = both.who // 400 == number
            order = np.lexsort((both.turn[mine], both.who[mine]))
            plain = np.lexsort((alone.turn, alone.who))
            for name in Walk.__dataclass_fields__:
                here = getattr(both, name)[mine][order]
                assert (here - 400 * number if name == "who" else here).tolist() == getattr(alone, name)[plain].tolist()


def test_the_oracle_learns(modules: dict[str, ModuleType]) -> None:
    """R-24: from many customers the oracle's losses are the planted ones; from few they are not far off on average."""
    for seed in (1, 2):
        found = modules["oracle"].losses(seed, 20_000)
        planted = {one["stage"] or "loop": one["loss"] for one in markov(seed, customers=20_000).truth["breaks"]}
        assert set(found) == set(planted)
        for name, loss in planted.items():
            assert found[name] == pytest.approx(loss, rel=0.2, abs=0.03 * max(planted.values())), name
    pairs = []
    for seed in range(3, 9):
        found = modules["oracle"].losses(seed, 400)
        planted = {one["stage"] or "loop": one["loss"] for one in markov(seed, customers=400).truth["breaks"]}
        pairs += [found[a] > found[b] for a in planted for b in planted if planted[a] >= 1.5 * planted[b] > 0]
    assert np.mean(pairs) > 0.8


def test_every_file_that_runs_is_counted(modules: dict[str, ModuleType]) -> None:
    """R-65: whatever file of ours runs while a world is looked at is one of those whose change makes the world unseen."""
    roots = (SOURCES, BENCH)
    for name, cell in (("places", "small"), ("reasons", "nothing")):
        look, counted = getattr(modules[name], cell), modules["used"].files(BENCH / f"{name}.py", roots, cell)
        ran: set[str] = set()

        def seen(frame: object, event: str, _: object, ran: set[str] = ran) -> None:
            if event == "call":
                ran.add(frame.f_code.co_filename)  # type: ignore[attr-defined]

        before = sys.getprofile()
        sys.setprofile(seen)
        try:
            look(4)
        finally:
            sys.setprofile(before)
        ours = {Path(file) for file in ran if Path(file).is_relative_to(SOURCES) or Path(file).is_relative_to(BENCH)}
        assert len(ours) > 10
        assert ours <= counted


def test_only_files_that_are_used_count(modules: dict[str, ModuleType], tmp_path: Path) -> None:
    """R-65: a change of a file that the cell reaches makes another version; of one that its package only hands on beside it, none."""
    used = modules["used"]
    (tmp_path / "pack").mkdir()
    files = {
        "pack/__init__.py": "from pack.one import work\nfrom pack.other import idle\n",
        "pack/one.py": "from pack.deep import depth\n\ndef work():\n    return depth\n"
        "def rest():\n    from pack.other import idle\n    return idle\n",
        "pack/deep.py": "depth = 1\n",
        "pack/other.py": "idle = 1\n",
        "cell.py": "import json\nfrom pack import work\n\nanswer = work()\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def version() -> str:
        used._read.cache_clear()
        return str(used.version(tmp_path / "cell.py", (tmp_path,)))

    first = version()
    (tmp_path / "pack/other.py").write_text("idle = 2\n", encoding="utf-8")
    assert version() == first
    for name in ("pack/deep.py", "pack/one.py", "cell.py"):
        (tmp_path / name).write_text(files[name] + "\nmore = 1\n", encoding="utf-8")
        assert version() != first
        (tmp_path / name).write_text(files[name], encoding="utf-8")
    assert version() == first
    (tmp_path / "pack/one.py").write_text("from . import deep\n", encoding="utf-8")
    with pytest.raises(ValueError, match="relative import"):
        version()
