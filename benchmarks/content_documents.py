"""The reference documents of the briefs: chapters of the sample brand's own documents.

No chapter belongs to two briefs: a sentence that stands in two pieces then comes from neither's
documents, and must be a phrase of ours or of the model's.
"""

from pathlib import Path

from marketer_desktop.domain.titles import slug
from marketer_desktop.knowledge.loaders.load import load

SAMPLES = ("brand-guidelines.pdf", "product-facts.docx", "customer-stories.md")
# The headings that chapters begin at, those of no brief included: they end the chapter before.
HEADINGS = (
    "The company story",
    "Milestones",
    "Sourcing",
    "Producer groups",
    "Roasting and quality",
    "Sustainability",
    "Energy and transport",
    "Packaging and waste",
    "Money for rivers",
    "Goals until 2028",
    "Brand voice",
    "The coffee range",
    "Harbour Light",
    "Rope Walk",
    "Night Ferry",
    "Slack Tide Decaf",
    "Greta's Reserve",
    "Brewing advice",
    "The subscription",
    "Delivery and returns",
    "Equipment",
    "Courses",
    "Café Lantern: one coffee less, more guests",
    "Dorne & Fisk: coffee that ends the queue",
    "Hotel Saltgarden: breakfast worth a review",
    "The Brightwell bakery: bread and beans",
    "A subscriber's kitchen: the Halvorsen family",
    "Northquay School: a café run by pupils",
    "Skerry Island: coffee by boat",
    "Marlowe Print: a tasting that won clients",
    "What customers report most often",
)


def write_chapters(samples: Path, folder: Path) -> dict[str, Path]:
    """A file for each chapter of the sample documents, by its heading."""
    folder.mkdir(parents=True, exist_ok=True)
    chapters: dict[str, list[str]] = {}
    for name in SAMPLES:
        current: list[str] = []  # what stands before the first chapter belongs to none
        for paragraph in load(samples / name).full_text.replace("\f", "\n\n").split("\n\n"):
            heading = paragraph.strip("# ").replace("’", "'")
            if heading in HEADINGS:
                current = chapters.setdefault(heading, [])
            current.append(f"# {paragraph}" if heading in HEADINGS else paragraph)
    assert set(chapters) == set(HEADINGS), set(HEADINGS) ^ set(chapters)
    files = {heading: folder / f"{slug(heading)}.md" for heading in chapters}
    for heading, paragraphs in chapters.items():
        files[heading].write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    return files
