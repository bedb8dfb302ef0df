"""What the bodies and replies of several subjects share: bodies that know all their fields, lines of text, pages of lists."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request

Item = TypeVar("Item")


class Body(BaseModel):
    """A request. Fields we do not know are refused: a typing error is told, not swallowed."""

    model_config = ConfigDict(extra="forbid")


class Page(BaseModel, Generic[Item]):
    """A part of a list. Ask for the rest with `?after=` and what `next` says; null: this is the end."""

    items: list[Item]
    next: str | None


Line = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")
]
"""One line of text with something in it."""
OptionalLine = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254, pattern=r"^[^\x00-\x1f\x7f]+$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Language = Literal["ru", "en"]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=100)]
Id = Annotated[str, Path(max_length=64)]


def address_of(request: Request, path: str) -> str:
    """The full address of a page of the app, as people outside see it."""
    base = str(request.app.state.public_url) or str(request.base_url)
    return f"{base.rstrip('/')}{path}"
