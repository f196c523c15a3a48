"""Every type of content on the real parts with the real starter model."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.llm.starter import Layout
from tests.end_to_end.conftest import SAMPLES, Marketer, eventually
from tests.quick_disk import quick_disk

WITH_HEADING = {ContentType.BLOG, ContentType.WEBPAGE}

OTHER_TYPES = [each for each in ContentType if each is not ContentType.BLOG]
ALONE = "a topic alone"
TOGETHER_SECONDS = 480.0

pytestmark = [pytest.mark.starter, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def marketer() -> Iterator[Marketer]:
    """One installation for all pieces: database and document are made once.

    The demo measures the machine. Here the model takes one core: threads of it that wait for each
    other would keep the other core, too, from the tests beside.
    """
    with tempfile.TemporaryDirectory(
        prefix="mkt-", dir=quick_disk(), ignore_cleanup_errors=True
    ) as made:
        Path(made).chmod(0o711)
        app = Marketer(Path(made) / "data", {"OLLAMA_HOST": "127.0.0.1:9"})
        app.data_dir.mkdir(0o711)
        layout = Layout(threads=1, slots=3, tokens_per_second=50.0, processors=os.cpu_count() or 1)
        (app.data_dir / "starter.json").write_text(json.dumps(asdict(layout)), "utf-8")
        yield app
        eventually(lambda: not app.processes(), "the end of every process", 20)


def assert_well_written(report: dict[str, Any], text: str, content_type: ContentType) -> None:
    """What holds for every piece that has a source."""
    checks = {check["id"]: check for check in report["checks"]}
    assert report["status"] == (
        "completed" if all(c["passed"] for c in checks.values() if c["hard"]) else "needs_attention"
    )
    assert checks["citations"]["passed"] and checks["repetition"]["passed"]
    assert [step["name"] for step in report["steps"]] == [
        "seo_research",
        "research",
        "writing",
        "editing",
        "social_media",
    ]
    assert report["steps"][2]["tokens_output"] > 20
    pdf = [source for source in report["sources"] if source["document"].endswith(".pdf")]
    assert pdf and all(source["page"] >= 1 for source in pdf)
    assert report["word_count"] > 40
    assert text.startswith("# ") == (content_type in WITH_HEADING)


def asked(content_type: ContentType) -> tuple[str, ...]:
    """A piece about coffee with a source."""
    words = 240 if content_type in WITH_HEADING else 80
    return (
        *("--model", "starter"),
        *("--type", content_type.value, "--topic", "coffee that offices like"),
        *("--keyword", "office coffee", "--words", str(words)),
        *("--doc", str(SAMPLES / "brand-guidelines.pdf")),
    )


@pytest.fixture(scope="module")
def orders(marketer: Marketer) -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """All pieces are ordered at once: database, engine and model start once for all of them."""
    words = {content_type.value: asked(content_type) for content_type in OTHER_TYPES}
    words[ALONE] = ("--topic", "weekly team meetings", "--words", "120", "--project", "Empty")
    ordered = {name: marketer.start("generate", *each, "--json") for name, each in words.items()}
    yield ordered
    for command in ordered.values():
        command.kill()  # where a test alone was run: it has not waited for the others
        command.communicate()


@pytest.mark.parametrize("content_type", OTHER_TYPES)
def test_each_other_type_is_written_from_a_pdf(
    marketer: Marketer, orders: dict[str, "subprocess.Popen[str]"], content_type: ContentType
) -> None:
    ended = marketer.ended(orders[content_type.value], patience=TOGETHER_SECONDS)
    told = json.loads(ended.stdout)
    assert {source["document"] for source in told["sources"]} == {"brand-guidelines.pdf"}
    assert_well_written(told, Path(told["path"]).read_text("utf-8"), content_type)


def test_a_topic_alone_is_enough(
    marketer: Marketer, orders: dict[str, "subprocess.Popen[str]"]
) -> None:
    told = json.loads(marketer.ended(orders[ALONE], patience=TOGETHER_SECONDS).stdout)
    assert told["model"] == "starter" and told["sources"] == []
    assert "No source found" in Path(told["path"]).read_text("utf-8")
    assert told["status"] in {"completed", "needs_attention"}
