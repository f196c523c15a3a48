"""What is known of a brand: the pages of its site, and summaries of its documents."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketer_desktop.storage.tables.declarative import NOW, Base, Created, Key

LONGEST_URL = 2000  # characters; an index entry of PostgreSQL holds 2,700 bytes


class SitePageRow(Base):
    """A page of a project's web site, from an imported list, that texts may link to."""

    __tablename__ = "site_pages"
    __table_args__ = (
        UniqueConstraint("project_id", "url"),
        Index("idx_site_pages_org", "organization_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(String(LONGEST_URL))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    imported_at: Mapped[dt.datetime] = mapped_column(server_default=NOW)


class BrandSummaryRow(Created, Base):
    """What a set of documents says about the brand, in short, as `model` put it.

    `documents_hash` is the SHA-256, in hex, of the set's content hashes in order.
    """

    __tablename__ = "brand_summaries"
    __table_args__ = (
        CheckConstraint("documents_hash ~ '^[0-9a-f]{64}$'", name="documents_hash"),
        UniqueConstraint(
            "organization_id", "project_id", "documents_hash", postgresql_nulls_not_distinct=True
        ),
        Index("idx_brand_summaries_project", "project_id"),
    )

    id: Mapped[Key]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    documents_hash: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(255))
    summary: Mapped[str]
