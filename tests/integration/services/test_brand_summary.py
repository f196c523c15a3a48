"""The summary of brand documents is distilled once for each set of them, and kept."""

from pathlib import Path

from marketer_desktop.domain.brand_summary import BrandSummary
from marketer_desktop.services.brand_summary import brand_summary
from marketer_desktop.services.document_library import TagDocument, tag_document
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.parts import Parts
from tests.factories.engines import Ear
from tests.factories.injections import BRAND, INJECTIONS

GUIDE = """# Brand voice of Ostermoor

Three words describe the Ostermoor voice in every channel: plain, warm and exact.
Never say “cheap”; say “fairly priced” instead.

# Who we are

Ostermoor Coffee Roasters was founded in 2011 by two sailmakers in Harrowmere.

# What we make

Ostermoor roasts filter coffee for offices and sells it in bags of one kilogram.
"""
FOUNDED = "Ostermoor Coffee Roasters was founded in 2011 by two sailmakers in Harrowmere."


class Asked:
    """Answers what it is told to and notes the questions."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.prompts: list[str] = []

    async def __call__(self, prompt: tuple[str, str], node: str) -> str:
        self.prompts.append(prompt[1])
        return self.answers.get(node, "Malvora!")


async def ingest(parts: Parts, path: Path, text: str) -> int:
    path.write_text(text, "utf-8")
    (result,) = (await ingest_documents(IngestDocuments(paths=[path]), parts, Ear())).results
    assert result.document_id
    return result.document_id


async def summary(parts: Parts, asked: Asked) -> BrandSummary:
    async with parts.database.unit_of_work() as work:
        place = await work.workspaces.local_workspace()
        await work.commit()
    return await brand_summary(parts, place.organization_id, place.project_id, "scripted", asked)


async def test_a_set_of_documents_is_distilled_once(parts: Parts, tmp_path: Path) -> None:
    asked = Asked({"brand/which": "Warm and exact, I would say.", "brand/who": FOUNDED})
    assert await summary(parts, asked) == BrandSummary()
    notes = await ingest(parts, tmp_path / "notes.md", "Our dog is called Bello and he is old.")
    assert await summary(parts, asked) == BrandSummary()
    assert asked.prompts == []
    await ingest(parts, tmp_path / "brand-guide.md", GUIDE)
    first = await summary(parts, asked)
    assert (first.tone, first.who) == ("warm, exact", FOUNDED)
    assert "Ostermoor" in first.what
    assert (first.preferred, first.forbidden) == (["fairly priced"], ["cheap"])
    assert len(asked.prompts) == 3
    assert await summary(parts, asked) == first
    assert len(asked.prompts) == 3
    await tag_document(TagDocument(document_id=notes, tags=["Brand"]), parts, Ear())
    await summary(parts, asked)
    assert len(asked.prompts) == 6


async def test_instructions_in_a_brand_document_reach_neither_model_nor_summary(
    parts: Parts, tmp_path: Path
) -> None:
    hidden = "\n\n".join(i.text for i in INJECTIONS if not i.text.startswith("##"))
    await ingest(parts, tmp_path / "brand.txt", f"{GUIDE}\n\n{hidden}\n")
    asked = Asked({})
    found = await summary(parts, asked)
    assert asked.prompts
    assert [p for p in asked.prompts if BRAND in p or "evil" in p] == []
    assert BRAND not in found.model_dump_json()
    assert found.tone == "plain, warm, exact"
