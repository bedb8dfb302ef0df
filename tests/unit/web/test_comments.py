"""Comments, mentions, notices, letters (R-60)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from postgres import free_port
from tropa.model.access import Actor, Role
from tropa.service import commenting, limits, notifying
from tropa.service.desk import Desk
from tropa.service.limits import Rule
from tropa.service.notifying import Post
from tropa.store import Store, notices, people
from tropa.store.people import Person
from web_desk import MAP, ClientOf, Clock, Ids

ONE = f"/api/v1/maps/{MAP}/comments"


def say(client_of: ClientOf, role: str, text: str, **more: Any) -> dict[str, Any]:
    answer = client_of(role).post(ONE, json={"text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def threads(client_of: ClientOf, **params: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client_of("viewer").get(ONE, params=params).json()["items"]
    return found


def test_a_thread_at_a_cell(client_of: ClientOf) -> None:
    """R-60: comments on any cell, answered, resolved, opened by an answer."""
    first = say(client_of, "commenter", "А это точно для новичка?", address="need/does/0")
    say(client_of, "editor", "Проверим", thread=first["id"])
    say(client_of, "guest_commenter", "О карте вообще")
    found = threads(client_of, address="need/does/0")
    assert [(one["first"]["text"], [answer["text"] for answer in one["answers"]]) for one in found] == [
        ("А это точно для новичка?", ["Проверим"])
    ]
    assert found[0]["answers"][0]["address"] == "need/does/0"
    assert client_of("viewer").get(f"{ONE}/count").json() == {"open": {"need/does/0": 1, "": 1}}
    answer = client_of("editor").patch(f"{ONE}/{first['id']}", json={"resolved": True})
    assert answer.status_code == 200
    assert threads(client_of, resolved=True)[0]["resolved_by"] == "Editor"
    assert client_of("viewer").get(ONE.replace("/comments", "")).json()["open_comments"] == 1
    say(client_of, "commenter", "Всё же нет", thread=first["id"])
    assert threads(client_of, resolved=True) == []


def test_one_changes_only_ones_own(client_of: ClientOf) -> None:
    """R-60: nobody's words are changed by somebody else; an owner may take them away."""
    own = say(client_of, "commenter", "опечатко")
    assert client_of("editor").patch(f"{ONE}/{own['id']}", json={"text": "чужое"}).status_code == 403
    changed = client_of("commenter").patch(f"{ONE}/{own['id']}", json={"text": "опечатка"}).json()
    assert changed["text"] == "опечатка"
    assert changed["edited_at"]
    assert client_of("editor").delete(f"{ONE}/{own['id']}").status_code == 403
    assert client_of("owner").delete(f"{ONE}/{own['id']}").status_code == 204
    assert threads(client_of) == []
    assert client_of("commenter").patch(f"{ONE}/{own['id']}", json={"text": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "guest", "outsider", "nobody"])
def test_who_may_not_comment(client_of: ClientOf, role: str) -> None:
    answer = client_of(role).post(ONE, json={"text": "x"})
    assert answer.status_code in (401, 403, 404)
    assert threads(client_of) == []


def test_a_mention_is_a_notice(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: who is mentioned, and who took part, is told once; nobody is told of their own words."""
    viewer, editor = people["viewer"].id, people["editor"].id
    first = say(client_of, "editor", "@Viewer посмотрите", mentions=[viewer, viewer, editor])
    say(client_of, "commenter", "и я", thread=first["id"], mentions=[viewer])
    told = client_of("viewer").get("/api/v1/notices").json()
    assert [(one["kind"], one["by"]) for one in told["items"]] == [("mention", "Commenter"), ("mention", "Editor")]
    assert told["unseen"] == 2
    told = client_of("editor").get("/api/v1/notices").json()
    assert [(one["kind"], one["by"]) for one in told["items"]] == [("answer", "Commenter")]
    answer = client_of("viewer").post("/api/v1/notices/seen", json={})
    assert answer.status_code == 204
    assert client_of("viewer").get("/api/v1/notices").json()["unseen"] == 0


def test_only_readers_can_be_mentioned(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: a mention opens no map."""
    ids = {one["id"] for one in client_of("commenter").get(ONE.replace("comments", "mentionable")).json()}
    assert ids == {person.id for name, person in people.items() if name != "outsider"}
    answer = client_of("commenter").post(ONE, json={"text": "x", "mentions": [people["outsider"].id]})
    assert (answer.status_code, answer.json()["code"]) == (422, "TR-W230")
    assert threads(client_of) == []


def test_a_guest_learns_nothing_of_the_team(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: who came by a link is not told who there is, and sends letters to nobody."""
    guest = client_of("guest_commenter")
    assert guest.get(ONE.replace("comments", "mentionable")).json() == []
    answer = guest.post(ONE, json={"text": "x", "mentions": [people["owner"].id]})
    assert (answer.status_code, answer.json()["code"]) == (422, "TR-W230")


def test_a_flood_of_comments_is_stopped(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """R-60: each comment may send letters: nobody writes without end."""
    monkeypatch.setattr(limits, "COMMENTS", Rule("comments", 2, 600))
    say(client_of, "commenter", "раз")
    say(client_of, "commenter", "два")
    answer = client_of("commenter").post(ONE, json={"text": "три"})
    assert (answer.status_code, answer.json()["code"]) == (429, "TR-A005")
    say(client_of, "editor", "другой пишет дальше")
    clock.move(minutes=10)
    say(client_of, "commenter", "три")


class Sink:
    """A real SMTP server that keeps what it gets; `refuse`: what it says to the next letters instead."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        if self.refuse:
            return self.refuse.pop(0)
        content = envelope.original_content
        assert content is not None
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Post]]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    post = Post(f"smtp+plain://127.0.0.1:{controller.port}", "tropa@example.org", "https://cjm.example.org").check()
    yield handler, post
    controller.stop()


class Team:
    """Two people on a map, with a post, on a database."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk, self.clock = desk, clock
        with desk.store.begin() as c:
            for name in ("anna", "boris"):
                person = Person(
                    name, f"{name}@example.org", name.title(), "ru", None, Role.EDITOR, False, clock(), None
                )
                people_add(c, person)
        self.anna = Actor("user", "anna", "Анна\r\nBcc: all@example.org", Role.EDITOR)

    def mention(self, text: str) -> None:
        commenting.say_something(self.desk, self.anna, MAP, text, address="need/does", thread=None, mentions=("boris",))

    def states(self) -> list[tuple[str, int]]:
        with self.desk.store.read() as c:
            return [(one.state, one.tries) for one in notices.LETTERS.letters(c)]


people_add = people.add


@pytest.fixture
def team(store: Store, desk: Desk, clock: Clock, sink: tuple[Sink, Post]) -> Iterator[Team]:
    """On SQLite and on PostgreSQL."""
    made = replace(desk, store=store, post=sink[1], living=type(desk.living)(), new_id=Ids())
    yield Team(made, clock)
    made.living.end(made)


def test_a_letter_goes_once(team: Team, sink: tuple[Sink, Post]) -> None:
    """R-60: a mention comes by mail, with a link, and never twice; user text makes no headers."""
    team.mention("Посмотрите, пожалуйста.\nСпасибо")
    assert notifying.deliver(team.desk) == 1
    assert notifying.deliver(team.desk) == 0
    (letter,) = sink[0].letters
    assert letter["To"] == "boris@example.org"
    assert "упоминает вас" in letter["Subject"]
    assert letter["Bcc"] is None
    body = letter.get_content()
    assert "Посмотрите, пожалуйста.\nСпасибо" in body.replace("\r\n", "\n")
    assert f"https://cjm.example.org/m/{MAP}?comment=" in body
    assert team.states() == [("sent", 1)]


def test_what_certainly_did_not_go_is_tried_again(team: Team, sink: tuple[Sink, Post]) -> None:
    """R-60: with a growing pause, until it is given up."""
    team.mention("x")
    sink[0].refuse = ["451 later", "451 later"]
    assert notifying.deliver(team.desk) == 0
    assert team.states() == [("waiting", 1)]
    assert notifying.deliver(team.desk) == 0
    assert team.states() == [("waiting", 1)]  # not due yet
    team.clock.move(minutes=1)
    notifying.deliver(team.desk)
    assert team.states() == [("waiting", 2)]
    team.clock.move(minutes=5)
    assert notifying.deliver(team.desk) == 1
    assert len(sink[0].letters) == 1


def test_what_is_refused_for_good_is_given_up(team: Team, sink: tuple[Sink, Post]) -> None:
    team.mention("x")
    sink[0].refuse = ["550 no such person"]
    notifying.deliver(team.desk)
    assert team.states() == [("failed", 1)]


def test_nobody_at_the_post(team: Team) -> None:
    """R-60: a mail server that is down loses no letter, and comments work all the same."""
    down = replace(team.desk, post=Post(f"smtp+plain://127.0.0.1:{free_port()}", "tropa@example.org"))
    team.mention("x")
    assert notifying.deliver(down) == 0
    assert team.states() == [("waiting", 1)]
    for _ in range(len(notifying.WAITS)):
        team.clock.move(days=1)
        notifying.deliver(down)
    assert team.states() == [("failed", len(notifying.WAITS) + 1)]


def test_without_encryption_nothing_is_handed_over(team: Team, sink: tuple[Sink, Post]) -> None:
    """R-60: `smtp://` insists on STARTTLS: a post that has none gets neither password nor letter."""
    url = sink[1].url.replace("smtp+plain://", "smtp://anna:secret@")
    strict = replace(team.desk, post=Post(url, "tropa@example.org"))
    team.mention("x")
    assert notifying.deliver(strict) == 0
    assert team.states() == [("waiting", 1)]
    assert sink[0].letters == []


def test_a_crash_while_a_letter_goes_sends_it_no_second_time(team: Team, sink: tuple[Sink, Post]) -> None:
    """R-60: at most once per notice: after a crash nobody can know, and twice is worse."""
    team.mention("x")
    with team.desk.store.begin() as c:
        assert notices.LETTERS.claim(c, team.clock()) is not None
    assert notifying.begin(team.desk) == 1
    assert notifying.deliver(team.desk) == 0
    assert sink[0].letters == []
    assert team.states() == [("unknown", 1)]


@pytest.mark.parametrize("url", ["http://x", "smtp://", "x", "smtps:no"])
def test_an_address_of_no_post_is_told(url: str) -> None:
    with pytest.raises(Exception, match="TR-W231"):
        Post(url, "a@example.org").check()
