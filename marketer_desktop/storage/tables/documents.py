"""Documents, and their chunks: the truth that the vector index is rebuilt from."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import (
    Base,
    Counter,
    Created,
    Key,
    Updated,
    one_of,
)


class DocumentRow(Updated, Base):
    """A file of an organization, perhaps of one project; `content_hash` is its SHA-256 in hex."""

    __tablename__ = "documents"
    __table_args__ = (
        one_of("status", "pending", "processing", "indexed", "error"),
        CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name="content_hash"),
        UniqueConstraint(
            "organization_id", "project_id", "content_hash", postgresql_nulls_not_distinct=True
        ),
        Index("idx_documents_org", "organization_id"),
        Index("idx_documents_org_created", "organization_id", text("created_at DESC")),
        Index("idx_documents_project", "project_id"),
        Index("idx_documents_status", "status"),
        Index("idx_documents_uploaded_by", "uploaded_by"),
        Index("idx_documents_tags", "tags", postgresql_using="gin"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    filename: Mapped[str] = mapped_column(String(255))
    file_path: Mapped[str]
    file_type: Mapped[str | None] = mapped_column(String(50))
    file_size: Mapped[int | None]
    content_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(50), server_default="pending")
    error_message: Mapped[str | None]
    chroma_collection_id: Mapped[str | None] = mapped_column(String(255))
    chunk_count: Mapped[Counter]
    details: Mapped[dict[str, Any] | None] = mapped_column("metadata")
    processed_at: Mapped[dt.datetime | None]
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))


class DocumentChunkRow(Base):
    """A passage of a document; the span counts characters of its whole text, end excluded.

    `heading` is the one it begins under.
    """

    __tablename__ = "document_chunks"
    __table_args__ = (
        CheckConstraint("ordinal >= 0", name="ordinal"),
        CheckConstraint("page >= 1", name="page"),
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
        UniqueConstraint("document_id", "ordinal"),
        Index(
            "idx_document_chunks_text", text("to_tsvector('english', text)"), postgresql_using="gin"
        ),
    )

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    page: Mapped[int | None]
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    heading: Mapped[str | None]


class FactVectorsRow(Base):
    """What a chunk may be quoted with: sentences, and the model's vector of each, as float32."""

    __tablename__ = "fact_vectors"

    chunk_id: Mapped[int] = mapped_column(
        ForeignKey("document_chunks.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(String(100))
    texts: Mapped[list[str]]
    vectors: Mapped[bytes]


class WatchedFolderRow(Created, Base):
    """A folder whose files are taken in as they appear; the message says why it is not read."""

    __tablename__ = "watched_folders"
    __table_args__ = (
        UniqueConstraint("organization_id", "path"),
        Index("idx_watched_folders_project", "project_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    path: Mapped[str]
    error_message: Mapped[str | None]


class WatchedFileRow(Base):
    """A file of a watched folder as it was when it was taken in.

    `document_id` is None for a file that could not be read, and for a document that somebody
    has deleted: the file is taken in again only when it changes.
    """

    __tablename__ = "watched_files"
    __table_args__ = (Index("idx_watched_files_document", "document_id"),)

    folder_id: Mapped[int] = mapped_column(
        ForeignKey("watched_folders.id", ondelete="CASCADE"), primary_key=True
    )
    path: Mapped[str] = mapped_column(primary_key=True)
    file_size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
