"""The notebook that a newcomer reads in ten minutes, in both languages: written, executed and kept with what it showed.

    python3 run.py docs notebook

Its data is real: the purchases of CDNOW's customers of 1997 (Fader, Hardie and Lee 2005), which come with the package `lifetimes`; the
second half is the demo's simulated shop, where the truth is known. A test executes both notebooks again and holds them against what is kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILES = {"en": ROOT / "docs" / "guide" / "first-look.ipynb", "ru": ROOT / "docs" / "ru" / "first-look.ipynb"}

Cell = tuple[str, str] | str
"""Words (English, Russian), or code."""
CELLS: tuple[Cell, ...] = (
    (
        "# A first look: ten minutes with Tropa\n\nReal purchases first: 23,570 people who bought at CDNOW, an online shop for CDs, for the first time in early 1997, "
        "and all they bought until June 1998. They come with a package: `pip install lifetimes`. Nothing leaves this machine.",
        "# Первый взгляд: десять минут с Tropa\n\nСначала настоящие покупки: 23 570 человек впервые купили в интернет-магазине дисков CDNOW в начале 1997 года, "
        "и здесь всё, что они купили до июня 1998-го. Данные приходят с пакетом: `pip install lifetimes`. Ничто не покидает этот компьютер.",
    ),
    """from importlib import resources

import pyarrow as pa

import tropa

lines = resources.files("lifetimes.datasets").joinpath("CDNOW_master.txt").read_text().splitlines()[1:]
client, day, _, spent = zip(*(line.split() for line in lines), strict=True)
log = pa.table(
    {
        "client": client,
        "day": [f"{one[:4]}-{one[4:6]}-{one[6:]}" for one in day],
        "what": ["purchase"] * len(client),
        "spent": [float(one) for one in spent],
    }
)
roles = {"customer": "client", "time": "day", "event": "what", "value": "spent"}
trail = tropa.trail(log, **roles, currency="USD", zone="UTC", lang=LANG, today="1998-07-01")
trail""",
    (
        "A row that comes twice counts once; Tropa says what became of each.\n\n"
        "**Do they come back?** Customers who were not seen long enough are *censored*, not counted as lost.",
        "Строка, пришедшая дважды, считается один раз; что стало с каждой, Tropa говорит сама.\n\n"
        "**Возвращаются ли они?** Клиенты, за которыми наблюдали недолго, *цензурированы*, а не записаны в потерянные.",
    ),
    "trail.loop()",
    (
        "Two in five come for a second purchase within nine months; the rest mostly never. **Who are the good ones?**",
        "За девять месяцев за второй покупкой приходят двое из пяти, остальные — почти никогда. **Кто они, хорошие клиенты?**",
    ),
    "trail.rfm()",
    (
        "A sixth of the customers brought half of the money. **What will they bring?** BG/NBD and Gamma-Gamma are fitted to the first two thirds and *checked on the last third* before anybody believes them:",
        "Шестая часть клиентов принесла половину денег. **А что принесут дальше?** BG/NBD и Gamma-Gamma подобраны по первым двум третям времени и *проверены на последней*, прежде чем им верить:",
    ),
    "trail.ltv()",
    (
        "The check says it straight: some 5 % more was bought than the interval allows. Use the order of the rows, correct the sum. **Every answer is a data frame, too:**",
        "Проверка говорит прямо: купили процентов на пять больше, чем допускает интервал. Порядку строк верить можно, сумму надо поправить. **Любой ответ — ещё и таблица:**",
    ),
    'trail.cohorts("month").to_pandas().head(8)',
    (
        "## A path, and why it breaks\n\nPurchases alone have no path. Sergey's sports-nutrition shop does: it is *simulated*, so what was planted in it is known. Its map is a text file.",
        "## Путь и почему он обрывается\n\nУ одних покупок нет пути. У магазина спортпита Сергея есть: он *придуман*, зато известно, что в него заложено. Его карта — текстовый файл.",
    ),
    """from tropa.simulate import sergey

world = sergey(seed=7, customers=6_000)
map_file = resources.files("tropa.simulate").joinpath("sergey.yaml")
shop = tropa.trail(world.log, currency="RUB", zone="UTC", lang=LANG, today="2026-12-01")
breaks = shop.breaks(map_file)
breaks""",
    (
        "The dearest break is the loop: those who bought and did not come again. What was planted, times the map's margin of 0.3:",
        "Самый дорогой обрыв — петля: купили и больше не пришли. Что было заложено, с маржой 0,3 из карты:",
    ),
    """{f"{one['stage']}/{one['kind']}": round(one["loss"] * 0.3) for one in world.truth["breaks"]}""",
    (
        "**Why do they leave where they decide?** What those who left had met, against those who went on; false discoveries are controlled over all that was tried. Association, until an experiment says otherwise.",
        "**Почему уходят на решении?** С чем встретились те, кто ушёл, и те, кто пошёл дальше; ложные находки под контролем по всем проверкам. Это связь, пока опыт на клиентах не покажет иного.",
    ),
    'shop.reasons(map_file, stage="decision", rows=6)',
    (
        "**From where to where**, with the usual times:",
        "**Откуда куда** и за какое время обычно:",
    ),
    'shop.transitions(map_file, level="stages", rows=12)',
    (
        "**A funnel** within a week:",
        "**Воронка** за неделю:",
    ),
    'shop.funnel(["product_view", "add_to_cart", "order_paid"], window="7d", through=map_file)',
    (
        "**Are there kinds of customers?** Only groups that independent halves of the customers find again are told.",
        "**Есть ли разные клиенты?** Названы только группы, которые находят и независимые половины клиентов.",
    ),
    "shop.segments(through=map_file)",
    (
        "Next: `tropa demo` opens the same shop as a living map in the browser; `tropa map your-export.csv` does it with your own data. All questions: `docs/guide/measures.md`.",
        "Дальше: `tropa demo` откроет тот же магазин живой картой в браузере, а `tropa map ваша-выгрузка.csv` сделает это с вашими данными. Все вопросы — в `docs/ru/measures.md`.",
    ),
)


def made(lang: str) -> Any:
    """The notebook of a language, not executed yet."""
    import nbformat

    book = nbformat.v4.new_notebook()
    book.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(CELLS):
        if isinstance(cell, str):
            one = nbformat.v4.new_code_cell(cell.replace("LANG", repr(lang).replace("'", '"')))
        else:
            one = nbformat.v4.new_markdown_cell(cell[0 if lang == "en" else 1])
        one["id"] = f"cell-{number:02d}"
        book.cells.append(one)
    return book


def executed(book: Any, folder: Path) -> Any:
    """The notebook with what its cells show. Raises nbclient's error for a cell that fails."""
    from nbclient import NotebookClient

    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    NotebookClient(book, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute(
        env={**os.environ, "PYTHONPATH": path}
    )
    for cell in book.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "text/html" in output.get("data", {}):
                    output["data"].pop("image/svg+xml", None)  # the page has it
                if output.output_type == "execute_result":
                    output["execution_count"] = None
    return book


def main() -> None:
    """Writes both notebooks."""
    import nbformat

    for lang, file in FILES.items():
        nbformat.write(executed(made(lang), ROOT), file)
        sys.stdout.write(f"{file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
