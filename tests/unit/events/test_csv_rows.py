"""R-20: delimited text, whole or torn, keeps every row and the line it stood on."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.events.csv_exact import exact_rows, split_cells
from tropa.events.csv_rows import csv_rows, find_records
from tropa.events.encoding import detect
from tropa.events.limits import Limits

NAMES = ("a", "b", "c")


def read(
    data: bytes, encoding: str = "utf-8", delimiter: str = ",", block: int = 1 << 20
) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, str]]]:
    """(line, cells) of the good rows and (line, code) of the bad ones, no header."""
    good: list[tuple[int, tuple[str, ...]]] = []
    bad: list[tuple[int, str]] = []
    for rows in csv_rows(io.BytesIO(data), "f.csv", NAMES, encoding, delimiter, 0, block):
        cells = zip(*(column.to_pylist() for column in rows.table.columns), strict=True)
        good += list(zip(rows.lines.tolist(), cells, strict=True))
        bad += [(row.line, row.code) for row in rows.bad]
    return good, bad


def oracle(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Python's own reader, with the line on which each record begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, before = [], 0
    for cells in reader:
        if cells:
            found.append((before + 1, tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells)))
        before = reader.line_num
    return found


CELL = st.text(alphabet='ab"\n,; яЖ1', max_size=6)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=12),
    st.sampled_from([",", ";"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "cp1251", "utf-16"]),
    st.sampled_from([8, 20, 64, 1 << 16]),
    st.booleans(),
)
def test_any_table_in_any_blocks(
    table: list[tuple[str, str, str]], delimiter: str, end: str, encoding: str, block: int, all_quoted: bool
) -> None:
    """R-20: whatever the block size cuts apart, the rows and their lines are those that Python's reader finds."""
    out = io.StringIO(newline="")
    csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    ).writerows(table)
    text = out.getvalue()
    good, bad = read(text.encode(encoding), encoding, delimiter, block)
    assert good == oracle(text, delimiter)
    assert not bad


def test_rows_of_wrong_width_step_aside() -> None:
    """R-20: TR-E108 with the true line; the rows around them stay."""
    good, bad = read(b'1,2,3\n1,2\n"x\ny",2,3\n\n1,2,3,4\n4,5,6\n')
    assert good == [(1, ("1", "2", "3")), (3, ("x\ny", "2", "3")), (7, ("4", "5", "6"))]
    assert bad == [(2, "TR-E108"), (6, "TR-E108")]


def test_inch_signs_and_open_quotes() -> None:
    """R-20: a stray quote is a plain sign; one that is never closed costs its own line only (TR-E110)."""
    good, bad = read(b'hose 5",2,3\n"open,2,3\n1,2,3\n4,5,6\n')
    assert good == [(1, ('hose 5"', "2", "3")), (3, ("1", "2", "3")), (4, ("4", "5", "6"))]
    assert bad == [(2, "TR-E110")]


def test_undecodable_bytes_cost_their_row() -> None:
    """R-20: TR-E109 names the row, and the rest of the file is read."""
    good, bad = read("я,2,3\n".encode() + b"\xff\xfe,2,3\n4,5,6\n")
    assert good == [(1, ("я", "2", "3")), (3, ("4", "5", "6"))]
    assert bad == [(2, "TR-E109")]


def test_endless_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: a line longer than rows may be is dropped as it comes (TR-E111), without being kept in memory."""
    monkeypatch.setenv("TROPA_LIMIT_RECORD", "100")
    good, bad = read(b"1,2,3\n" + b"x" * 5000 + b"\n4,5,6\n", block=64)
    assert good == [(1, ("1", "2", "3")), (3, ("4", "5", "6"))]
    assert bad == [(2, "TR-E111")]


def test_old_mac_lines_and_no_last_newline() -> None:
    """R-20: every kind of line end."""
    assert read(b"1,2,3\r4,5,6")[0] == [(1, ("1", "2", "3")), (2, ("4", "5", "6"))]


@given(st.text(alphabet='a",\n', max_size=40))
def test_both_ways_of_cutting_agree(text: str) -> None:
    """R-20: where the quick search for records claims to know, the careful reader finds the same."""
    data = f"{text}\n"
    found = find_records(data.encode(), ",")
    if found is None or found.size < len(data):
        return
    rows, _ = exact_rows(data.split("\n")[:-1], ",", Limits(), final=True)
    assert [row.line for row in rows] == found.line.tolist()
    assert all(row.fault is None for row in rows)


def test_cells_of_a_record() -> None:
    """RFC 4180, and a quote inside an unquoted cell as a plain sign."""
    assert split_cells('a,"b,""c""",d', ",") == ["a", 'b,"c"', "d"]
    assert split_cells('5" hose,b', ",") == ['5" hose', "b"]
    assert split_cells('"open,b', ",") is None
    assert split_cells("", ",") == [""]


RUSSIAN = "Клиент;Дата;Комментарий\nПетров Иван;01.02.2024;Заказ пришёл вовремя, спасибо\nСИДОРОВА;02.02.2024;Не понравилась упаковка"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    """R-20: what Excel and Russian programs write."""
    found = detect(RUSSIAN.encode(encoding))
    assert RUSSIAN.encode(encoding).decode(found) == RUSSIAN


@pytest.mark.parametrize(
    "text",
    [
        "id_клиента;event;ts\n1;view;2024-01-01\n", "id,event,comment\n1,view,ok\n2,buy,спб\n", "a;b\n1;10шт\n",
        "sku;qty\nA1;5кг\nB2;100р.\n",
        "user_id;page_Москва\n1;2\n", "id;utm_source;Сумма2\n1;yandex;5\n", "id;НДС20\n1;2\n", "Tele2Москва;x\n1;2\n",
        "Кол-во;price\n1;2\n",
        "id;TEST_А\n1;2\n", "№;date\n1;2024\n",
    ],
)  # fmt: skip
def test_a_few_cyrillic_letters_are_enough(text: str) -> None:
    """R-20: a table that is nearly all ASCII was taken for a Western one: letters beside figures and underscores are words too."""
    assert detect(text.encode("cp1251")) == "cp1251"


@pytest.mark.parametrize(
    "text",
    ["name;city\nJosé Muñoz;Málaga\nZoë;Köln\n", "id;prix\n1;à partir de 5 €\n", "name\nÅse\nØystein\n", "Größe;Maß\n1;2\n",
    "ville\nÉvreux\nÀ Paris\n",
     "city\nSão Paulo\nBrasília\n", "città;è\n1;2\n", "Año;Niño\n1;2\n", "id;Straße\n1;Überweisung\n"],
)  # fmt: skip
def test_a_few_accents_are_no_cyrillic(text: str) -> None:
    """R-20: and the other way round."""
    assert detect(text.encode("cp1252")) == "cp1252"


def test_western_and_slightly_broken() -> None:
    """R-20: accents are cp1252; UTF-8 with one bad byte is still UTF-8."""
    assert detect("name;city\nJosé Muñoz;Málaga\nZoë;Köln\n".encode("cp1252")) == "cp1252"
    assert detect(RUSSIAN.encode() + b"\xff") == "utf-8"
    assert detect(b"a,b\n1,2\n") == "utf-8"
