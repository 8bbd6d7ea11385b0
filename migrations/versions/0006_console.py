"""Console: single-use tickets of the stream."""

from alembic import op

from core.migration import run_sql

revision = "0006_console"
down_revision = "0005_notifier"
branch_labels = None
depends_on = None

SCHEMA = """
CREATE TABLE stream_ticket (
    token_hash BYTEA NOT NULL,
    session_id BIGINT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_stream_ticket PRIMARY KEY (token_hash),
    CONSTRAINT fk_stream_ticket_session_id FOREIGN KEY (session_id)
        REFERENCES session (id) ON DELETE CASCADE
);
CREATE INDEX ix_stream_ticket_expires_at ON stream_ticket (expires_at);
"""


def upgrade() -> None:
    run_sql(SCHEMA)


def downgrade() -> None:
    op.drop_table("stream_ticket")
