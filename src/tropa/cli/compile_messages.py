"""Makes messages.mo of messages.po. Run it after editing the Russian words of click; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from io import BytesIO
from pathlib import Path

FOLDER = Path(str(resources.files("tropa.words"))) / "ru" / "LC_MESSAGES"


def compiled() -> bytes:
    """The contents of messages.mo as messages.po asks for."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale="ru")
    catalogue.creation_date = catalogue.revision_date = datetime(
        2026, 1, 1, tzinfo=UTC
    )  # the same words, the same bytes
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


if __name__ == "__main__":
    (FOLDER / "messages.mo").write_bytes(compiled())
