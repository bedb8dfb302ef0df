"""Every table there is: importing this module fills the metadata (for migrations, backups and tests)."""

from tropa.store import (  # noqa: F401
    audit,
    comments,
    documents,
    files,
    jobs,
    logins,
    notices,
    people,
    shares,
    tokens,
    webhooks,
)
from tropa.store.tables import METADATA

__all__ = ["METADATA"]
