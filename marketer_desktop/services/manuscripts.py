"""A stored text as what files are made of."""

from pathlib import Path

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.names import file_name
from marketer_desktop.services.activity_text import content_folder, markdown_of, metadata_of
from marketer_desktop.storage.tables import ActivityRow

PUBLISHED = "published"


def manuscript_of(data_dir: Path, row: ActivityRow) -> Manuscript:
    """The text of an activity with all that is known about it."""
    content, metadata = row.content or {}, metadata_of(row)
    seo, title = content.get("seo_data", {}), str(metadata.get("title") or row.topic)
    language = (row.brief or {}).get("language") or Brief.model_fields["language"].default
    return Manuscript(
        content_type=ContentType(row.type),
        title=title,
        markdown=markdown_of(row),
        folder=content_folder(data_dir, row.id),
        name=file_name(title, row.id),
        description=seo.get("meta_description") or "",
        slug=seo.get("slug") or "",
        language=str(language),
        keywords=tuple(row.keywords or ()),
        word_count=int(metadata.get("word_count") or 0),
        written=row.created_at,
        changed=row.updated_at,
        is_published=row.status == PUBLISHED,
        variants=content.get("social_variants") or {},
    )
