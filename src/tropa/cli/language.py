"""Which language the terminal speaks, known before the commands are made, so that the help speaks it too."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from importlib import resources

from tropa.words import LANGUAGES, Language


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang` on the command line, else TROPA_LANG, else the locale; English where none of them names one of ours."""
    asked = ""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    names = [asked] if asked else [environment.get(key, "") for key in ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    if not asked and os.name == "nt":
        names.append(_windows_language())
    for name in names:
        for language in LANGUAGES:
            if name.lower().startswith(language):
                return language
    return "en"


def _windows_language() -> str:
    """The language of the Windows account."""
    import locale

    return (locale.getlocale()[0] or "").replace("Russian", "ru")


def speak(language: Language) -> None:
    """Makes click's own words (Usage, Options, Missing argument…) speak the language: words/ru/LC_MESSAGES/messages.mo."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(resources.files("tropa.words")))
    gettext.textdomain("messages")
