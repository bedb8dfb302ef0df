"""The commands as a person types them, in one process, on real files (R-12, R-13, R-20, R-22…R-24, R-63, R-65)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tropa.cli.language import choose_language
from tropa.cli.main import run
from tropa.words import words

Tropa = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tropa(capsys: pytest.CaptureFixture[str]) -> Tropa:
    """Runs one command line; gives the exit status and what was printed on both streams."""

    def call(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments], words(lang))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def data_of(printed: tuple[int, str, str]) -> Any:
    """The JSON a command printed."""
    assert printed[0] == 0, printed
    return json.loads(printed[1])


def test_demo_writes_the_workspace_and_all_pictures(demo: Path) -> None:
    """R-63: one command; six formats, three views; a Cyrillic path with spaces."""
    names = {path.name for path in (demo / "pictures").iterdir()}
    assert names == {
        f"{view}.{form}"
        for view in ("infographic", "table", "scheme")
        for form in ("svg", "png", "pdf", "html", "pptx", "xlsx")
    }
    assert all(path.stat().st_size > 2_000 for path in (demo / "pictures").iterdir())
    assert json.loads((demo / "data" / "truth.json").read_text(encoding="utf-8"))["simulated"] is True


def test_demo_finds_what_was_planted(demo: Path, tropa: Tropa) -> None:
    """R-24: the loop is Sergey's dearest break."""
    found = data_of(tropa("breaks", demo, "--json"))
    assert [item["rank"] for item in found["breaks"]] == list(range(1, len(found["breaks"]) + 1))
    assert found["breaks"][0]["kind"] == "loop"
    for item in found["breaks"]:
        loss = item["loss"]
        assert loss["low"] <= loss["value"] <= loss["high"]
        assert loss["value"] <= loss["ceiling"]
        assert loss["currency"] == "RUB"
        assert 0 <= loss["reference"] <= 1


def test_measure_has_the_promised_shape(demo: Path, tropa: Tropa) -> None:
    """R-23: every rate with its parts, interval, unit, window and what was left out."""
    told = data_of(tropa("measure", demo, "--json"))
    assert told["unit"] == "passes"
    assert told["simulated"] is True
    stages = {stage["id"]: stage for stage in told["stages"]}
    assert list(stages) == ["awareness", "consideration", "decision", "purchase", "use", "loyalty"]
    for name in ("awareness", "consideration", "decision"):
        rate = stages[name]["conversion"]
        assert rate["value"] == pytest.approx(rate["numerator"] / rate["denominator"])
        assert rate["low"] < rate["value"] < rate["high"]
        assert rate["window"] == "30d"
        assert rate["unit"] == "passes"
        assert rate["left_out"] >= 0
        assert stages[name]["time_to_next"]["median_s"] > 0
    assert stages["loyalty"]["conversion"]["value"] is None
    assert stages["loyalty"]["conversion"]["cannot_tell"]
    assert told["loop"]["repeat_rate"]["value"] > 0


def test_diff_of_maps_and_of_their_figures(demo: Path, tmp_path: Path, tropa: Tropa) -> None:
    """R-10: one edited cell is one change in words; the same log measured twice has no chance in it, another shop's has."""
    told = data_of(tropa("diff", demo, demo, "--json"))
    assert told["changes"] == []
    assert told["data"] == "same"
    assert {one["significant"] for one in told["differences"]} == {None}
    text = (demo / "map.yaml").read_text(encoding="utf-8")
    edited = tmp_path / "edited.yaml"
    edited.write_text(
        text.replace("kind: as-is", "kind: to-be") if "kind: as-is" in text else f"{text}\nkind: to-be\n",
        encoding="utf-8",
    )
    told = data_of(tropa("diff", demo / "map.yaml", edited, "--json"))
    assert [(one["address"], one["kind"]) for one in told["changes"]] == [("kind", "changed")]
    assert told["changes"][0]["text"] == "Kind: was “as is”, is now “to be”"
    assert told["data"] == "none"
    status, out, _ = tropa("diff", demo / "map.yaml", tmp_path / "editet.yaml", "--json")
    assert status == 2
    assert "edited.yaml" in json.loads(out)["error"]["fix"]


def test_the_buyer_journey_ends_with_the_deal(demo: Path, tmp_path: Path, tropa: Tropa) -> None:
    """R-09: a view of its own from the same map."""
    out = data_of(tropa("render", demo, "-o", tmp_path / "buyer.svg", "--view", "buyer", "--json"))
    text = Path(out["file"]).read_text(encoding="utf-8")
    assert "Buyer journey: " in text
    assert "Seeks answers" in text.replace("\u00a0", " ")
    assert ">Loyalty</text>" not in text
    assert ">Purchase</text>" in text


def test_mermaid_both_ways(demo: Path, tmp_path: Path, tropa: Tropa) -> None:
    """R-13: a map as Mermaid and back; what each way loses is listed."""
    out = data_of(tropa("convert", demo / "map.yaml", tmp_path / "map.mmd", "--json"))
    assert any("Pains" in line for line in out["lost"])
    back = data_of(tropa("convert", tmp_path / "map.mmd", tmp_path / "back.yaml", "--json"))
    data_of(tropa("convert", back["file"], tmp_path / "again.mmd", "--json"))
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in ("map.mmd", "again.mmd")]
    told = [[line for line in text.splitlines() if line.startswith(("    section", "      "))] for text in texts]
    assert told[0]
    assert told[0] == told[1]
    (tmp_path / "bad.mmd").write_text("journey\n section A\n  no score\n", encoding="utf-8")
    status, said, _ = tropa("convert", tmp_path / "bad.mmd", tmp_path / "bad.yaml", "--json")
    assert status == 2
    assert json.loads(said)["error"]["code"] == "TR-C091"


def test_segments_by_name_and_near_miss(demo: Path, tropa: Tropa) -> None:
    """R-29: the figures of one persona; an unknown name names the nearest."""
    everybody = data_of(tropa("measure", demo, "--json"))
    beginners = data_of(tropa("measure", demo, "--segment", "beginner", "--json"))
    assert 0 < beginners["scope"]["customers"] < everybody["scope"]["customers"]
    status, out, _ = tropa("measure", demo, "--segment", "beginer", "--json")
    assert status == 2
    error = json.loads(out)["error"]
    assert error["code"] == "TR-S005"
    assert "beginner" in error["fix"]


def test_importing_the_same_file_twice_changes_nothing(tmp_path: Path, tropa: Tropa) -> None:
    """R-20: nothing to read in what was read; in a copy, 0 accepted, all duplicates; equal rows inside one file are distinct events."""
    log = tmp_path / "log.csv"
    log.write_text(
        "client;date;event;amount\n"
        "a;01.02.2026 10:00;view;\na;01.02.2026 10:00;view;\na;02.02.2026;pay;1 200,50\nb;01.02.2026;view;\n",
        encoding="cp1251",
    )
    first = data_of(tropa("import", tmp_path / "shop", log, "--yes", "--json"))
    assert (first["accepted"], first["duplicates"], first["quarantined"]) == (4, 0, 0)
    second = data_of(tropa("import", tmp_path / "shop", log, "--yes", "--json"))
    assert (second["accepted"], second["duplicates"], second["quarantined"]) == (0, 0, 0)
    assert "Nothing was appended" in second["files"][0]["notes"][-1]
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "log.csv"
    copy.write_bytes(log.read_bytes())
    third = data_of(tropa("import", tmp_path / "shop", copy, "--yes", "--json"))
    assert (third["accepted"], third["duplicates"], third["quarantined"]) == (0, 4, 0)
    assert first["data_version"] == second["data_version"] == third["data_version"]


def test_bad_rows_are_quarantined_mended_and_replayed(tmp_path: Path, tropa: Tropa) -> None:
    """R-20: nothing is lost; a mended row comes in once."""
    shop, log, mended = tmp_path / "shop", tmp_path / "log.csv", tmp_path / "mend.csv"
    log.write_text(
        "customer,time,event\na,2026-02-01,view\nb,someday,view\n,2026-02-02,view\nc,2026-02-03,pay\n", encoding="utf-8"
    )
    first = data_of(tropa("import", shop, log, "--yes", "--json"))
    assert (first["accepted"], first["quarantined"]) == (2, 2)
    held = data_of(tropa("events", shop, "--quarantine", "--json"))
    assert held[0]["rows"] == 2
    import_id = held[0]["import_id"]
    data_of(tropa("events", shop, "--export", mended, "--import", import_id, "--json"))
    text = mended.read_text(encoding="utf-8-sig")
    assert "someday" in text
    mended.write_text(text.replace("someday", "2026-02-05"), encoding="utf-8-sig")
    again = data_of(tropa("import", shop, mended, "--replay", import_id, "--json"))
    assert (again["accepted"], again["quarantined"]) == (1, 1)
    left = data_of(tropa("events", shop, "--quarantine", "--json"))
    assert sum(one["rows"] for one in left) == 1
    assert data_of(tropa("events", shop, "--json"))["events"] == 3


def test_map_of_ones_own_orders_alone(tmp_path: Path, tropa: Tropa) -> None:
    """R-21, R-65: 300 orders in a wide Russian table are enough for a useful first page; cancelled orders are no deals."""
    rows = ["Номер заказа;Телефон;Создан;Оплачен;Доставлен;Отменён;Сумма"]
    for number in range(300):
        day = 1 + number % 28
        month = 1 + number // 28
        phone = f"8 (900) 000-{number % 200 // 100:02d}-{number % 100:02d}"
        year = 2025 + (month > 12)
        created = f"{day:02d}.{(month - 1) % 12 + 1:02d}.{year} 12:00"
        cancelled = created if number % 10 == 0 else ""
        paid = "" if number % 7 == 0 else created.replace("12:00", "12:10")
        rows.append(f"{number};{phone};{created};{paid};;{cancelled};{1000 + number},50")
    orders = tmp_path / "заказы.csv"
    orders.write_text("\n".join(rows) + "\n", encoding="cp1251")
    told = data_of(tropa("map", orders, "--yes", "--no-open", "--json", lang="ru"))
    assert told["import"]["quarantined"] == 0
    assert told["scope"]["customers"] == 200
    assert told["scope"]["currency"] == "RUB"
    assert told["loop"]["deals_void"] > 0
    page = Path(told["files"][0])
    assert page.suffix == ".html"
    shown = page.read_text(encoding="utf-8")
    assert "900) 000" not in shown
    assert "+7900000" not in shown


def test_new_render_lint_convert(tmp_path: Path, tropa: Tropa) -> None:
    """R-08, R-12, R-13: a template drawn without any data, linted, to XLSX and back."""
    shop = tmp_path / "shop"
    data_of(tropa("new", shop, "--template", "ecommerce", "--json"))
    for form in ("svg", "png", "pdf", "html", "xlsx", "pptx", "md", "mmd"):
        out = tmp_path / f"map.{form}"
        data_of(tropa("render", shop, "-o", out, "--json"))
        assert out.stat().st_size > 500
    sheet, back = tmp_path / "map.xlsx", tmp_path / "back.yaml"
    data_of(tropa("convert", shop / "map.yaml", sheet, "--force", "--json"))
    data_of(tropa("convert", sheet, back, "--json"))
    from tropa.codec import load

    assert load(back).map == load(shop / "map.yaml").map
    status, out, _ = tropa("lint", shop, "--json")
    assert status in (0, 1)
    assert json.loads(out)["findings"]


def test_draft_never_overwrites_a_map_unasked(demo: Path, tropa: Tropa) -> None:
    """R-22: the proposal is marked as one and lies beside the map."""
    before = (demo / "map.yaml").read_bytes()
    told = data_of(tropa("draft", demo, "--json"))
    assert Path(told["file"]).name == "draft.yaml"
    assert told["map"]["proposal"] is True
    assert (demo / "map.yaml").read_bytes() == before


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_people_read_fits_80_columns(demo: Path, tropa: Tropa, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in (["measure"], ["breaks"], ["events"], ["lint"]):
        _, out, err = tropa(*command, demo, lang=lang)
        assert out.strip()
        assert not err.strip()
        assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("command", [(), ("demo",), ("map",), ("import",), ("measure",), ("render",), ("convert",)])
def test_help_in_both_languages(tropa: Tropa, lang: str, command: tuple[str, ...]) -> None:
    status, out, _ = tropa(*command, "--help", lang=lang)
    assert status == 0
    assert ("Вызов:" in out) == (lang == "ru")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["mesure", "x"], 2, "measure"),
        (["measure", "no-such-folder"], 2, "TR-S001"),
        (["render", ".", "-o", "map.docx"], 2, "TR-S006"),
        (["new", "x", "--template", "clasic"], 2, "classic"),
        (["map", "no-such.csv"], 2, "TR-S014"),
    ],
)
def test_misuse_says_what_to_do(tropa: Tropa, arguments: list[str], status: int, said: str) -> None:
    got, _, err = tropa(*arguments)
    assert got == status
    assert said in err


def test_language_is_chosen_before_the_commands_are_made() -> None:
    assert choose_language(["--lang", "ru"], {}) == "ru"
    assert choose_language(["measure", "--lang=en"], {"LANG": "ru_RU.UTF-8"}) == "en"
    assert choose_language([], {"LANG": "ru_RU.UTF-8"}) == "ru"
    assert choose_language([], {"TROPA_LANG": "en", "LANG": "ru_RU"}) == "en"
    assert choose_language([], {"LANG": "de_DE"}) == "en"
