"""All tables of the first version."""

from alembic import op

from tropa.store.everything import METADATA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes them."""
    METADATA.create_all(op.get_bind())
