"""The addendum: certificates of signers, documents, transactions, codes; where an agent's codes go."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revocations",
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_revocations")),
    )
    op.create_table(
        "addenda",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("inputs_sha256", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.Column("final_sha256", sa.Text(), nullable=True),
        sa.Column("revisions", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["agents.employee_id"], name=op.f("fk_addenda_employee_id_agents")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_addenda")),
    )
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addenda_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addenda_state"), ["state"], unique=False)

    op.create_table(
        "addendum_codes",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("channel_kind", sa.Text(), nullable=False),
        sa.Column("channel_masked", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("window_start", sa.Text(), nullable=False),
        sa.Column("window_sends", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["addenda.document_id"], name=op.f("fk_addendum_codes_document_id_addenda")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_addendum_codes")),
    )
    op.create_table(
        "addendum_files",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("time_stamp", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["addenda.document_id"], name=op.f("fk_addendum_files_document_id_addenda")),
        sa.PrimaryKeyConstraint("document_id", "what", name=op.f("pk_addendum_files")),
    )
    op.create_table(
        "addendum_log",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["addenda.document_id"], name=op.f("fk_addendum_log_document_id_addenda")),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_addendum_log")),
    )
    op.create_table(
        "signer_certificates",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("pem", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("not_after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.device_id"], name=op.f("fk_signer_certificates_device_id_devices")),
        sa.ForeignKeyConstraint(["employee_id"], ["agents.employee_id"], name=op.f("fk_signer_certificates_employee_id_agents")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_signer_certificates")),
        sa.UniqueConstraint("employee_id", "key_sha256", name=op.f("uq_signer_certificates_employee_id_key_sha256")),
        sa.UniqueConstraint("serial", name=op.f("uq_signer_certificates_serial")),
    )
    with op.batch_alter_table("signer_certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signer_certificates_employee_id"), ["employee_id"], unique=False)

    op.create_table(
        "addendum_transactions",
        sa.Column("transaction_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("prepared", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("place_start", sa.Integer(), nullable=True),
        sa.Column("place_end", sa.Integer(), nullable=True),
        sa.Column("attributes", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.Column("crl", sa.LargeBinary(), nullable=True),
        sa.Column("time_stamp", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate"], ["signer_certificates.sha256"], name=op.f("fk_addendum_transactions_certificate_signer_certificates")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["addenda.document_id"], name=op.f("fk_addendum_transactions_document_id_addenda")),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_addendum_transactions")),
        sa.UniqueConstraint(
            "document_id", "device_id", "idempotency_key", name=op.f("uq_addendum_transactions_document_id_device_id_idempotency_key")
        ),
    )
    with op.batch_alter_table("agents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("phone", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("agents", schema=None) as batch_op:
        batch_op.drop_column("phone")
        batch_op.drop_column("email")

    op.drop_table("addendum_transactions")
    with op.batch_alter_table("signer_certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signer_certificates_employee_id"))

    op.drop_table("signer_certificates")
    op.drop_table("addendum_log")
    op.drop_table("addendum_files")
    op.drop_table("addendum_codes")
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addenda_state"))
        batch_op.drop_index(batch_op.f("ix_addenda_employee_id"))

    op.drop_table("addenda")
    op.drop_table("revocations")
