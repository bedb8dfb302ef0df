"""R-12, R-13: map files keep what people wrote, and say the same map in YAML and JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa import codec
from tropa.model import Map, TropaError

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "codec"
DOCS = Path(__file__).resolve().parents[3] / "docs"

any_map = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)

SHOP = """\
# карта Сергея
tropa: 1
title: {ru: "Спортпит", en: Sport}   # имя
kind: as-is
limits:
  window: 24h  # сутки
stages:
  # первый этап
  - id: need
    title: Нужда
    does: ["ищет", "смотрит"]

  # второй этап
  - id: buy   # покупка
    title: Покупка
    deal: {event: order_paid}
    pains: [{id: p, text: дорого, severity: 2}]
# конец
"""


def shop() -> codec.Document:
    return codec.loads(SHOP, "shop.yaml")


@any_map
@given(maps())
def test_yaml_says_the_same_map(value: Map) -> None:
    """R-12, R-13"""
    assert codec.loads(codec.dumps(value), "x.yaml").map == value


@any_map
@given(maps())
def test_json_says_the_same_map(value: Map) -> None:
    """R-13"""
    assert codec.loads(codec.dumps(value, "json"), "x.json").map == value


@any_map
@given(maps(), maps())
def test_any_map_can_be_written_over_any_other(before: Map, after: Map) -> None:
    """R-12: update makes the file say exactly the new map."""
    document = codec.loads(codec.dumps(before), "x.yaml")
    document.update(after)
    assert document.map == after
    assert codec.loads(document.text(), "x.yaml").map == after


def test_a_file_that_is_not_changed_stays_as_it_is() -> None:
    """R-12: byte for byte."""
    document = shop()
    assert document.text() == SHOP
    document.update(document.map)
    assert document.text() == SHOP


def test_an_edit_touches_only_its_line() -> None:
    """R-12: comments, quotes and order of everything else survive."""
    document = shop()
    document.set("stages.need.owner", "Аня")
    document.set("title.en", "Sports")
    lines = document.text().splitlines()
    assert "    owner: Аня" in lines
    assert [line for line in SHOP.splitlines() if line not in lines] == ['title: {ru: "Спортпит", en: Sport}   # имя']
    assert lines.index("  # второй этап") > lines.index("    owner: Аня")
    document.set("stages.need.owner", None)
    document.set("title.en", "Sport")
    assert document.text().split() == SHOP.split()


def test_update_keeps_what_is_spelled_otherwise() -> None:
    """R-12: `24h` is one day, `severity: 2` and `kind: as-is` are the defaults; nobody asked to rewrite them."""
    document = shop()
    stages = tuple(stage.model_copy(update={"owner": "Игорь"}) for stage in document.map.stages)
    document.update(document.map.model_copy(update={"stages": stages}))
    text = document.text()
    for kept in (
        "window: 24h  # сутки",
        "severity: 2",
        "kind: as-is",
        "# первый этап",
        "# второй этап",
        "# конец",
        "# покупка",
    ):
        assert kept in text


def test_a_broken_edit_leaves_the_document_as_it_was() -> None:
    """R-12"""
    document = shop()
    with pytest.raises(TropaError) as fault:
        document.set("stages.buy.pains.p.severity", 9)
    assert fault.value.code == "TR-C033"
    with pytest.raises(TropaError) as fault:
        document.set("stages.nowhere.owner", "x")
    assert fault.value.code == "TR-C060"
    assert document.text() == SHOP


def test_save_is_whole_and_load_reads_it_back(tmp_path: Path) -> None:
    """R-12: Cyrillic paths work; no parts are left beside the file."""
    target = tmp_path / "Карты клиентов" / "карта.yaml"
    document = shop()
    document.save(target)
    assert target.read_text(encoding="utf-8") == SHOP
    assert codec.load(target).map == document.map
    assert [file.name for file in target.parent.iterdir()] == ["карта.yaml"]


def test_a_document_without_a_file_cannot_be_saved() -> None:
    """R-12"""
    with pytest.raises(TropaError) as fault:
        shop().save()
    assert fault.value.code == "TR-C061"


def test_saving_where_one_may_not_is_a_coded_error(tmp_path: Path) -> None:
    """R-12"""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(TropaError) as fault:
        shop().save(tmp_path / "file" / "map.yaml")
    assert fault.value.code == "TR-C062"


def test_format_0_is_brought_up_to_date_with_its_comments() -> None:
    """R-12: old versions are migrated for ever."""
    document = codec.load(GOLDEN / "format-0.yaml")
    assert document.migrated == (0,)
    need = document.map.stages[0]
    assert need.feels is not None
    assert (need.feels.score, need.feels.words) == (-1, ("тревога",))
    assert need.touchpoints[0].moment_of_truth
    assert (document.map.loops[0].source, document.map.loops[0].target) == ("buy", "need")
    text = document.text()
    assert "tropa: 1" in text
    assert "# момент истины" in text
    assert "# нужда" in text
    assert codec.loads(text, "x.yaml").map == document.map


def test_yaml_no_is_a_word() -> None:
    """R-12: YAML 1.2: `no`, `on`, a date and a version are what they look like."""
    value = codec.loads("tropa: 1\ntitle: no\nversion: 2026-11-01\nstages: [{id: on, title: yes}]", "x.yaml").map
    assert (value.title, value.version, value.stages[0].id, value.stages[0].title) == ("no", "2026-11-01", "on", "yes")


def test_aliases_and_merge_keys_are_read() -> None:
    """R-12"""
    text = "tropa: 1\ntitle: x\nstages:\n  - &a {id: a, title: A, does: [x]}\n  - {<<: *a, id: b}\n"
    value = codec.loads(text, "x.yaml").map
    assert value.stages[1].does == ("x",)


def test_json_is_read_with_a_byte_order_mark_and_tabs() -> None:
    """R-13"""
    raw = '\ufeff{\n\t"tropa": 1, "title": "Имя", "stages": [{"id": "a", "title": "А"}]}'.encode()
    assert codec.loads(raw, "x.json").map.title == "Имя"


def test_the_published_schema_is_that_of_the_models() -> None:
    """R-12: `docs/schema/tropa-map-1.json` is generated; after a change of the models write `codec.schema_text()` there."""
    assert (DOCS / "schema" / "tropa-map-1.json").read_text(encoding="utf-8") == codec.schema_text()


def test_the_schema_describes_its_keys() -> None:
    """R-12: editors show the docstrings."""
    schema = codec.schema()
    assert "tropa" in schema["required"]
    assert schema["$defs"]["Stage"]["properties"]["after"]["description"].startswith("The stages one comes from")
    assert "title" in schema["$defs"]["Stage"]["properties"]
