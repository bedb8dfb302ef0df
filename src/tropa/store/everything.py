"""Every table there is: importing this module fills the metadata (for migrations, backups and tests)."""

from tropa.store import comments, documents, files, notices, webhooks  # noqa: F401
from tropa.store.tables import METADATA

__all__ = ["METADATA"]
