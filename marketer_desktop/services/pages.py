"""Lists that come in pages."""

from pydantic import BaseModel, Field


class Pagination(BaseModel):
    """Where a page stands in its list; the first page is 1."""

    total: int
    page: int
    per_page: int
    pages: int


class Paged(BaseModel):
    """Which page is asked for."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    per_page: int = Field(default=20, ge=1, le=100)

    @property
    def offset(self) -> int:
        """How many entries are before the page."""
        return (self.page - 1) * self.per_page

    def pagination(self, total: int) -> Pagination:
        """Where this page stands in a list of `total` entries."""
        pages = -(-total // self.per_page)
        return Pagination(total=total, page=self.page, per_page=self.per_page, pages=pages)
