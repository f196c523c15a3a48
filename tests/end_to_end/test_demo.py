"""The main job on the real parts with the real starter model, and not a packet leaves."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketer_desktop.domain.brief import ContentType
from tests.end_to_end.test_generate_offline import assert_well_written
from tests.fakes.sealed_namespace import run_sealed
from tests.quick_disk import quick_disk

CHECKOUT = Path(__file__).parents[2]
UNSET = [word for name in ("CI", "GITHUB_ACTIONS", "TF_BUILD") for word in ("-u", name)]
NAMES = {"brand-guidelines.pdf", "product-facts.docx", "customer-stories.md"}

pytestmark = pytest.mark.starter


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder that PostgreSQL's user can reach."""
    with tempfile.TemporaryDirectory(
        prefix="mkt-demo-", dir=quick_disk(), ignore_cleanup_errors=True
    ) as made:
        Path(made).chmod(0o711)
        yield Path(made)


def test_the_demo_writes_a_sourced_article_and_nothing_leaves(folder: Path) -> None:
    sealed = run_sealed(
        # Some libraries report home unless they believe to run in continuous integration.
        ["env", *UNSET, "sh", "packaging/demo.sh", str(folder)],
        cwd=CHECKOUT,
        env={"OLLAMA_HOST": "127.0.0.1:9"},
        timeout=280,
    )
    assert sealed.returncode == 0, sealed.stderr[-4000:]
    assert sealed.packets == [], sealed.destinations
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["status"] == "completed", report["checks"]
    assert report["model"] == "starter"
    assert abs(report["word_count"] - report["brief"]["words"]) <= 0.1 * report["brief"]["words"]
    assert {source["document"] for source in report["sources"]} == NAMES
    article = (folder / "article.md").read_text("utf-8")
    assert_well_written(report, article, ContentType.BLOG)
    assert all(f"[{source['n']}]" in article for source in report["sources"])
    assert "<h1" in (folder / "article.html").read_text("utf-8")
