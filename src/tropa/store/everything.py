"""Every table there is: importing this module fills the metadata (for migrations, backups and tests)."""

from tropa.store import (  # noqa: F401
    account_letters,
    audit,
    comments,
    documents,
    factors,
    files,
    jobs,
    logins,
    notices,
    people,
    settings,
    shares,
    tokens,
    webhooks,
)
from tropa.store.tables import METADATA

__all__ = ["METADATA"]
