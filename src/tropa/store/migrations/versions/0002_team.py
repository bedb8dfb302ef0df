"""Comments numbered by change, thinned logs, second factors, settings, letters about one's own account."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds to what is there; no row is lost and none is written that a table this size would feel."""
    _talk()
    _log()
    _ways_in()


def _talk() -> None:
    op.add_column("document", sa.Column("talk", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("comment", sa.Column("change", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute(
        "UPDATE comment SET change = numbered.n FROM "
        "(SELECT id, row_number() OVER (PARTITION BY document_id ORDER BY at, id) AS n FROM comment) AS numbered "
        "WHERE numbered.id = comment.id"
    )
    op.execute(
        "UPDATE document SET talk = coalesce("
        "(SELECT max(comment.change) FROM comment WHERE comment.document_id = document.id), 0)"
    )


def _log() -> None:
    op.add_column("document", sa.Column("thinned_at", sa.DateTime(timezone=True)))
    op.add_column("document_update", sa.Column("merged", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column("document_update", sa.Column("since", sa.DateTime(timezone=True)))


def _ways_in() -> None:
    op.add_column("login", sa.Column("proved_at", sa.DateTime(timezone=True)))
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name="fk_second_factor_user_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_factor"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name="fk_recovery_code_user_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("secret", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])
    op.create_table(
        "setting",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "account_letter",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_account_letter"),
    )
    op.create_index("ix_account_letter_state", "account_letter", ["state"])
