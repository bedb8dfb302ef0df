"""Notices of mentions and answers, and the letters that carry them (R-60). A letter is handed over at most once."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tropa.model import Text, TropaError, say
from tropa.model.access import Actor, Right
from tropa.service.desk import Desk
from tropa.words import LANGUAGES, words

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.comments import Comment
    from tropa.store.letters import Letter
    from tropa.store.notices import Notice

log = logging.getLogger(__name__)
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
"""How long a letter waits after each failed try; after the last it is given up."""


@dataclass(frozen=True)
class Post:
    """Where letters are handed over, and what they say of us: `smtp://name:password@host:587`, `smtps://…`, `smtp+plain://…`.

    `smtp` insists on STARTTLS, `smtps` is encrypted from the start, `smtp+plain` is neither and for this machine or a private network.
    `home`: the app's address, for links.
    """

    url: str
    sender: str
    home: str = ""

    def check(self) -> Post:
        """The same. Raises TR-W231 for an address that is none."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname or "@" not in self.sender:
            raise TropaError("TR-W231")
        return self


def tell(desk: Desk, c: Connection, by: Actor, comment: Comment, title: Text) -> None:
    """Notices for those who are mentioned and those who took part in the thread, and letters to them where there is a post.

    `title`: of the map.
    """
    from tropa.store import comments, notices, people
    from tropa.store.letters import Letter
    from tropa.store.notices import Notice

    readers = {person.id: person for person, _ in people.team_of(c, comment.document_id)}
    part = {who.partition(":")[2] for who in comments.taking_part(c, comment.thread_id) if who.startswith("user:")}
    whom = {**dict.fromkeys(part, "answer"), **dict.fromkeys(comment.mentions, "mention")}
    for user_id, kind in whom.items():
        person = readers.get(user_id)
        if person is None or f"user:{user_id}" == by.who:
            continue
        notice = Notice(
            desk.new_id(), user_id, kind, comment.document_id, comment.id, comment.author.name, desk.clock()
        )
        if notices.add(c, notice) and desk.post is not None:
            lang = person.language if person.language in LANGUAGES else "en"
            subject, body = _words(desk.post, comment, title, kind, lang)
            notices.LETTERS.put(c, Letter(notice.id, person.email, subject, body, "waiting", 0, desk.clock()))


def _words(post: Post, comment: Comment, title: Text, kind: str, lang: str) -> tuple[str, str]:
    told = words(lang)
    name = say(title, lang)
    subject = told(f"mail-{kind}-subject", who=comment.author.name, map=name)
    link = f"{post.home.rstrip('/')}/m/{comment.document_id}?comment={comment.id}" if post.home else ""
    return " ".join(subject.split()), told(
        f"mail-{kind}", who=comment.author.name, map=name, text=comment.text, link=link
    )


def of_user(desk: Desk, who: Actor, *, after: str | None, limit: int) -> tuple[list[Notice], str | None, int]:
    """A page of one's notices, the newest first, where the next one begins, and how many are not seen."""
    from tropa.store import notices

    who.require(Right.SELF)
    with desk.store.read() as c:
        found = notices.of_user(c, who.id, after=after, limit=limit + 1)
        unseen = notices.unseen(c, who.id)
    readable = [one for one in found[:limit] if who.may(Right.READ, one.document_id)]
    return readable, found[limit - 1].id if len(found) > limit else None, unseen


def see(desk: Desk, who: Actor, notice_ids: list[str] | None) -> None:
    """Notes that one has seen these notices (None: all)."""
    from tropa.store import notices

    who.require(Right.SELF)
    with desk.store.begin() as c:
        notices.see(c, who.id, notice_ids, desk.clock())


def begin(desk: Desk) -> int:
    """At start: letters that a crash caught on their way are noted as unknown, not sent again. Returns how many."""
    from tropa.store import account_letters, notices

    with desk.store.begin() as c:
        return notices.LETTERS.give_up_unknown(c) + account_letters.LETTERS.give_up_unknown(c)


def deliver(desk: Desk, go_on: Callable[[], bool] = lambda: True) -> int:
    """Hands over the letters that are due, while it may `go_on`. Returns how many went. A failure that is certain is tried again later."""
    from tropa.store import account_letters, notices

    if desk.post is None:
        return 0
    went = 0
    while go_on():
        with desk.store.begin() as c:
            queue = account_letters.LETTERS
            letter = queue.claim(c, desk.clock())
            if letter is None:
                queue = notices.LETTERS
                letter = queue.claim(c, desk.clock())
        if letter is None:
            break
        state, after, fault = "sent", timedelta(), None
        try:
            send(desk.post, letter)
            went += 1
        except Refused as refusal:
            last = letter.tries > len(WAITS) or refusal.for_good
            state, fault = "failed" if last else "waiting", str(refusal)
            after = timedelta() if last else WAITS[letter.tries - 1]
            log.warning("A letter could not be handed over (try %d): %s", letter.tries, refusal)
        except OSError as fault_:  # in the middle of it: nobody knows whether it went, and twice is worse than never
            state, fault = "unknown", type(fault_).__name__
            log.warning("It is not known whether a letter went: %s", fault_)
        with desk.store.begin() as c:
            queue.settle(c, letter.id, state, desk.clock() + after, fault)
    return went


class Refused(Exception):
    """The post certainly did not take the letter. `for_good`: it never will."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


def send(post: Post, letter: Letter) -> None:
    """Hands one letter over by SMTP. Raises `Refused` where it certainly did not go, OSError where nobody can know."""
    parts = urlsplit(post.url)
    message = message_of(post, letter)
    try:
        client = _client(post)
    except (OSError, smtplib.SMTPException) as reason:
        raise Refused(type(reason).__name__, for_good=False) from reason
    try:
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as reason:
        codes = [code for code, _ in reason.recipients.values()]
        raise Refused(f"recipient refused {codes}", for_good=all(code >= 500 for code in codes)) from reason
    except smtplib.SMTPResponseException as reason:
        raise Refused(f"SMTP {reason.smtp_code}", for_good=reason.smtp_code >= 500) from reason
    except smtplib.SMTPNotSupportedError as reason:
        raise Refused(str(reason), for_good=True) from reason
    finally:
        with suppress(OSError):  # the letter is taken or refused by now; how the talk ends says nothing of it
            client.quit()
        client.close()


def _client(post: Post) -> smtplib.SMTP:
    parts = urlsplit(post.url)
    assert parts.hostname is not None
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=20, context=ssl.create_default_context())
    client = smtplib.SMTP(parts.hostname, parts.port or (587 if parts.scheme == "smtp" else 25), timeout=20)
    if parts.scheme == "smtp":
        try:
            client.starttls(context=ssl.create_default_context())
        except BaseException:
            client.close()
            raise
    return client


def message_of(post: Post, letter: Letter) -> EmailMessage:
    """The letter as it goes. User text is data: line breaks in a name make no headers."""
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = Address("Tropa", addr_spec=post.sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Date"] = format_datetime(letter.next_at)
    message["Message-ID"] = f"<{letter.id}@tropa.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
