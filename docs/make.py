"""Makes everything in the documentation that can be made: `python3 run.py docs`. Tests compare what is committed with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def texts() -> dict[str, Callable[[], bytes]]:
    """Generated files by their path, with what makes each."""
    from tropa.cli import compile_messages
    from tropa.cli.reference import reference
    from tropa.codec import schema_text
    from tropa.collab.twin import shape_text, types_text
    from tropa.lint import guide_page
    from tropa.web.app import described
    from tropa.words import words

    return {
        "docs/guide/cli.md": lambda: reference(words("en")).encode(),
        "docs/ru/cli.md": lambda: reference(words("ru")).encode(),
        "docs/guide/lint.md": lambda: guide_page("en").encode(),
        "docs/ru/lint.md": lambda: guide_page("ru").encode(),
        "docs/schema/openapi.json": lambda: f"{json.dumps(described(), ensure_ascii=False, indent=1)}\n".encode(),
        "docs/schema/tropa-map-1.json": lambda: schema_text().encode(),
        "frontend/src/doc/shape.json": lambda: shape_text().encode(),
        "frontend/src/doc/values.ts": lambda: types_text().encode(),
        "src/tropa/words/ru/LC_MESSAGES/messages.mo": compile_messages.compiled,
    }


def main(arguments: list[str]) -> int:
    """Writes all texts, or those whose path holds the word given; `pictures` makes the README's pictures too, `notebook` executes
    the notebooks anew (a minute each)."""
    words = [word for word in arguments if word not in ("pictures", "notebook")]
    for name, make in texts().items():
        if words and not any(word in name for word in words):
            continue
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())
        print(name)
    if "pictures" in arguments:
        from pictures import make_pictures

        for path in make_pictures(ROOT / "docs" / "pictures"):
            print(path.relative_to(ROOT).as_posix())
    if "notebook" in arguments:
        import notebook

        notebook.main()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    raise SystemExit(main(sys.argv[1:]))
