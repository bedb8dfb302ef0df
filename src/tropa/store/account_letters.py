"""Letters to people about their own account (a new password, a second factor gone): a queue of its own, because they hang on no comment."""

from __future__ import annotations

from sqlalchemy import Column, String

from tropa.store.letters import LetterQueue

LETTERS = LetterQueue.of("account_letter", Column("id", String(64), primary_key=True))
