"""The main job on the real parts with the real starter model, and not a packet leaves."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketer_desktop.domain.brief import ContentType
from tests.end_to_end.conftest import SAMPLES, Marketer, eventually
from tests.fakes.sealed_namespace import run_sealed

CHECKOUT = Path(__file__).parents[2]
UNSET = [word for name in ("CI", "GITHUB_ACTIONS", "TF_BUILD") for word in ("-u", name)]
NAMES = {"brand-guidelines.pdf", "product-facts.docx", "customer-stories.md"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder that PostgreSQL's user can reach."""
    made = Path(tempfile.mkdtemp(prefix="mkt-demo-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def marketer() -> Iterator[Marketer]:
    """One installation for all pieces: database, measured model and document are made once."""
    with tempfile.TemporaryDirectory(prefix="mkt-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o711)
        app = Marketer(Path(made) / "data", {"OLLAMA_HOST": "127.0.0.1:9"})
        yield app
        eventually(lambda: not app.processes(), "the end of every process", 20)


@pytest.mark.starter
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
    assert all(f"[{source['n']}]" in article for source in report["sources"])
    assert "<h1>" in (folder / "article.html").read_text("utf-8")


@pytest.mark.starter
@pytest.mark.parametrize("content_type", list(ContentType))
def test_each_type_is_written_from_a_pdf(marketer: Marketer, content_type: ContentType) -> None:
    words = 240 if content_type in {ContentType.BLOG, ContentType.WEBPAGE} else 80
    told = marketer.json(
        "generate",
        *("--model", "starter"),
        *("--type", content_type.value, "--topic", "coffee that offices like"),
        *("--keyword", "office coffee", "--words", str(words)),
        *("--doc", str(SAMPLES / "brand-guidelines.pdf")),
    )
    checks = {check["id"]: check for check in told["checks"]}
    assert told["status"] == (
        "completed" if all(c["passed"] for c in checks.values() if c["hard"]) else "needs_attention"
    )
    assert checks["citations"]["passed"] and checks["repetition"]["passed"]
    assert [step["name"] for step in told["steps"]] == [
        "seo_research",
        "research",
        "writing",
        "editing",
        "social_media",
    ]
    assert told["steps"][2]["tokens_output"] > 20
    assert told["sources"] and all(source["page"] >= 1 for source in told["sources"])
    text = Path(told["path"]).read_text("utf-8")
    assert told["word_count"] > 40
    assert text.startswith("# ") == (content_type in {ContentType.BLOG, ContentType.WEBPAGE})


@pytest.mark.starter
def test_a_topic_alone_is_enough(marketer: Marketer) -> None:
    told = marketer.json(
        "generate", "--topic", "weekly team meetings", "--words", "250", "--project", "Empty"
    )
    assert told["model"] == "starter" and told["sources"] == []
    assert "No source found" in Path(told["path"]).read_text("utf-8")
    assert told["status"] in {"completed", "needs_attention"}
