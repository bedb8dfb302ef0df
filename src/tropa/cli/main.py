"""Entry point: chooses the language, runs the command, turns errors into words and an exit status.

Exit status: 0 done; 1 done, and `lint` found errors; 2 the input needs mending (a coded error) or the call is wrong;
3 a fault of ours; 130 interrupted.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import sys
from typing import TYPE_CHECKING

from tropa.cli.language import choose_language, speak
from tropa.model import TropaError
from tropa.words import Words, words

if TYPE_CHECKING:
    import click


def main(arguments: list[str] | None = None) -> None:
    """Runs one command line and exits with its status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # slices have threads of ours; for small matrices more only spin
    say = words(choose_language(arguments, os.environ))
    speak(say.lang)
    status = run(arguments, say)
    # as it ends, Python looks for rubbish among all that was ever loaded: up to half a second, for memory that goes at once anyway
    gc.freeze()
    raise SystemExit(status)


def run(arguments: list[str], say: Words) -> int:
    """Runs one command line; returns its exit status."""
    import click

    from tropa.cli.app import build
    from tropa.cli.console import make_console

    codecs.register_error("tropa", nearest_signs)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="tropa")
    try:
        result = build(say).main(args=arguments, prog_name="tropa", standalone_mode=False)
    except TropaError as error:
        if "--json" in arguments:
            print(json.dumps({"error": describe(error, say)}, ensure_ascii=False))
        else:
            show_error(error, say)
        return 2
    except click.exceptions.Abort:
        make_console(stderr=True).print(say("cli-interrupted"))
        return 130
    except KeyboardInterrupt:
        make_console(stderr=True).print(say("cli-interrupted"))
        return 130
    except click.ClickException as error:
        show_misuse(error, say)
        return error.exit_code
    except BrokenPipeError:
        # the reader of our output went away (`tropa measure … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001 - the last line: whatever is our fault is told as that, with where it was written down
        return own_fault(say)
    return result if isinstance(result, int) else 0


def own_fault(say: Words) -> int:
    """Something that should not have happened: the traceback goes to a file, the person gets a sentence. Exit status 3."""
    import traceback

    from tropa.cli.console import make_console
    from tropa.files import cache_root, write_text

    told = traceback.format_exc()
    if os.environ.get("TROPA_DEBUG"):
        print(told, file=sys.stderr)
    place = cache_root() / "last-fault.txt"
    try:
        write_text(place, told)
    except OSError:
        print(told, file=sys.stderr)
    make_console(stderr=True).print(say("cli-own-fault", path=str(place)), soft_wrap=True)
    return 3


def nearest_signs(fault: UnicodeError) -> tuple[str, int]:
    """For consoles that lack a sign (cp866, cp1251, ASCII): the nearest one they have, as many cells wide."""
    from tropa.cli.glyphs import Glyphs

    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    glyphs = Glyphs(fault.encoding)
    return "".join(glyphs.sign(char) for char in fault.object[fault.start : fault.end]), fault.end


def show_misuse(error: click.ClickException, say: Words) -> None:
    """A call that click could not make sense of: what is wrong, and where the help is."""
    from rich.markup import escape

    from tropa.cli.console import make_console

    console = make_console(stderr=True)
    console.print(f"[bold red]{say('cli-error')}:[/] {escape(error.format_message())}", soft_wrap=True)
    context = getattr(error, "ctx", None)
    if context is not None:
        console.print(f"  → {context.command_path} --help", soft_wrap=True)


def describe(error: TropaError, say: Words) -> dict[str, object]:
    """An error as data: code, message, what to do, where, and its companions."""
    facts = error.facts
    return {
        "code": error.code,
        "message": say(error.code, **facts),
        "fix": say(f"{error.code}.fix", **facts) if say.has(f"{error.code}.fix") else None,
        "where": {
            "file": error.where.file,
            "line": error.where.line,
            "column": error.where.column,
            "path": error.where.path,
        },
        "also": [describe(other, say) for other in error.also],
    }


def show_error(error: TropaError, say: Words) -> None:
    """An error for people: where, what, what to do."""
    from rich.markup import escape

    from tropa.cli.console import make_console

    console = make_console(stderr=True)
    for one in (error, *error.also):
        told = describe(one, say)
        where = str(one.where)
        if where:
            console.print(escape(where), style="dim", soft_wrap=True)
        console.print(f"[bold red]{one.code}[/] {escape(str(told['message']))}", soft_wrap=True)
        if told["fix"]:
            console.print(f"  → {escape(str(told['fix']))}", soft_wrap=True)
