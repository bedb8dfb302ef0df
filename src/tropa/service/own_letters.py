"""Letters to somebody about their own account: what only they should have done (R-60; OWASP ASVS 2.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tropa.service.desk import Desk
from tropa.words import LANGUAGES, words

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.people import Person


def tell(desk: Desk, c: Connection, person: Person, act: str, address: str, to: str | None = None) -> None:
    """A letter in the outbox, in the person's language; none where there is no post. `to`: another address (the one before a change)."""
    from tropa.store import account_letters
    from tropa.store.letters import Letter

    if desk.post is None:
        return
    say = words(person.language if person.language in LANGUAGES else "en")
    done, now = say(f"mail-act-{act}"), desk.clock()
    link = f"{desk.post.home.rstrip('/')}/settings" if desk.post.home else ""
    body = say("mail-account", act=done, at=now.strftime("%Y-%m-%d %H:%M"), address=address or "?", link=link)
    letter = Letter(desk.new_id(), to or person.email, say("mail-account-subject", act=done), body, "waiting", 0, now)
    account_letters.LETTERS.put(c, letter)
