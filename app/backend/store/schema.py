"""Tables (SQLAlchemy Core). The same on SQLite and PostgreSQL; JSON is kept as text so that `\\u0000` in evidence stays storable."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only for a column of exactly this type.
_ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

agents = Table(
    "agents",
    metadata,
    Column("employee_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("first_call", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),  # where one-time codes go; never sent to a wizard but masked
    Column("phone", Text, nullable=False, server_default=""),
    Column("updated_at", Text, nullable=False),
)

kit_items = Table(
    "kit_items",
    metadata,
    Column("employee_id", Text, ForeignKey("agents.employee_id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("serial", Text, nullable=False, server_default=""),
)

activation_codes = Table(
    "activation_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),  # SHA-256, hex: the code itself is never stored
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text),  # a newer code took its place
    Column("used_at", Text),
    Column("used_by", Text),  # device id
)

devices = Table(
    "devices",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False, index=True),
    Column("session_id", Text, nullable=False, index=True),  # devices of one agent on one PC share a session
    Column("head_sequence", BigInteger, nullable=False),
    Column("head_hash", Text, nullable=False),
    Column("machine_id", Text, nullable=False),
    Column("machine", Text, nullable=False),  # MachineFacts, JSON
    Column("app_version", Text, nullable=False),
    Column("enrolled_at", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", Text, primary_key=True),  # SHA-256, hex
    Column("device_id", Text, ForeignKey("devices.device_id"), nullable=False, index=True),
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False),
    Column("created_at", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),  # the order of arrival
    Column("event_id", Text, nullable=False, unique=True),
    Column("device_id", Text, ForeignKey("devices.device_id"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("session_id", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("step", Text, nullable=False, server_default=""),
    Column("time", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("clock_offset_ms", BigInteger),
    Column("line_hash", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("device_id", "sequence"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("device_id", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("in_chain", Boolean, nullable=False),  # whether the head moved past it (a fork's line is kept, but beside the chain)
    Column("received_at", Text, nullable=False),
    Column("line_hash", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("device_id", "sequence", "line_hash"),
)

losses = Table(
    "losses",
    metadata,
    Column("id", _ROW_ID, primary_key=True, autoincrement=True),
    Column("device_id", Text, ForeignKey("devices.device_id"), nullable=False, index=True),
    Column("first", BigInteger, nullable=False),  # sequence numbers that the wizard declared gone for good (a repaired journal)
    Column("last", BigInteger, nullable=False),
    Column("declared_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False),
    Column("state", Text, nullable=False),  # SessionState, JSON: a projection, rebuildable from `events`
    Column("ready", Boolean, nullable=False),
    Column("help", Boolean, nullable=False),
    Column("since", Text, nullable=False),  # when it came to stand where it stands, by the server's clock
    Column("updated_at", Text, nullable=False),
    Index(None, "employee_id", "updated_at"),
    Index(None, "updated_at"),
)

certificates = Table(
    "certificates",
    metadata,
    Column("code", Text, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False),
    Column("activity", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("expires", Text, nullable=False),
)

signer_certificates = Table(
    "signer_certificates",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the DER, hex
    Column("serial", Text, nullable=False, unique=True),  # hex
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False, index=True),
    Column("device_id", Text, ForeignKey("devices.device_id"), nullable=False),
    Column("key_sha256", Text, nullable=False),  # of the public key (SubjectPublicKeyInfo): one certificate a key
    Column("pem", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("not_after", Text, nullable=False),
    UniqueConstraint("employee_id", "key_sha256"),
)

revocations = Table(
    "revocations",
    metadata,
    Column("serial", Text, primary_key=True),  # hex; also of the seal and of the time-stamping certificate
    Column("revoked_at", Text, nullable=False),
    Column("reason", Text, nullable=False),  # a name of RFC 5280 section 5.3.1, such as superseded
)

addenda = Table(
    "addenda",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("employee_id", Text, ForeignKey("agents.employee_id"), nullable=False, index=True),
    Column("state", Text, nullable=False),  # offered, signed_pending_time, signed, superseded
    Column("template", Text, nullable=False),
    Column("template_version", Text, nullable=False),
    Column("template_sha256", Text, nullable=False),
    Column("inputs_sha256", Text, nullable=False),  # agent, kit and template it was made from: changed ones make a new offer
    Column("sha256", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pdf", LargeBinary, nullable=False),  # as offered: unsigned, with its two empty fields
    Column("facts", Text, nullable=False),  # clauses, boxes, JSON
    Column("created_at", Text, nullable=False),
    Column("signed_at", Text),
    Column("final_sha256", Text),  # kept with the number of signatures: a file cut back to an earlier revision is told by them
    Column("revisions", Integer, nullable=False, server_default="0"),
    Index(None, "state"),
)

addendum_transactions = Table(
    "addendum_transactions",
    metadata,
    Column("transaction_id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("addenda.document_id"), nullable=False),
    Column("device_id", Text, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("state", Text, nullable=False),  # confirmed (the code was right), prepared, signed, replaced
    Column("certificate", Text, ForeignKey("signer_certificates.sha256"), nullable=False),
    Column("request", Text, nullable=False),  # PrepareRequest without its code, JSON
    Column("facts", Text, nullable=False),  # address, user agent, channel, moments, JSON
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("prepared", LargeBinary),  # what is appended to the offered PDF, its signature to come
    Column("digest", Text),
    Column("place_start", Integer),
    Column("place_end", Integer),
    Column("attributes", LargeBinary),  # CMS SignedAttributes, DER
    Column("signature", LargeBinary),
    Column("signed_at", Text),
    Column("crl", LargeBinary),  # the issuing authority's, as it stood when the signature was taken
    Column("time_stamp", LargeBinary),  # the token over the signature, DER
    UniqueConstraint("document_id", "device_id", "idempotency_key"),
)

addendum_files = Table(
    "addendum_files",
    metadata,
    Column("document_id", Text, ForeignKey("addenda.document_id"), primary_key=True),
    Column("what", Text, primary_key=True),  # agent, employer (the final one), audit
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("time_stamp", LargeBinary),
    Column("pdf", LargeBinary),  # none for `agent`: it is the beginning of `employer`
)

addendum_log = Table(
    "addendum_log",
    metadata,
    Column("document_id", Text, ForeignKey("addenda.document_id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON
    Column("hash", Text, nullable=False),  # contracts.audit.entry_hash
)

addendum_codes = Table(
    "addendum_codes",
    metadata,
    Column("document_id", Text, ForeignKey("addenda.document_id"), primary_key=True),
    Column("code_hash", Text, nullable=False),  # keyed: backend.documents.codes
    Column("channel_kind", Text, nullable=False),
    Column("channel_masked", Text, nullable=False),
    Column("sent_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", Text),
    Column("window_start", Text, nullable=False),  # how many were sent since then
    Column("window_sends", Integer, nullable=False),
)
