"""The documents page: states, guesses of the time left, and what is about to be deleted."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketer_desktop.services.document_library import DocumentEntry, DocumentList
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.projects import ProjectSummary
from marketer_desktop.ui.pages.documents.presenter import (
    DocumentsPresenter,
    Reading,
    known_already,
    refusals,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def document(number: int = 1, percent: int | None = None) -> DocumentEntry:
    return DocumentEntry(
        id=number,
        filename=f"{number}.pdf",
        project_id=1,
        project="Spring",
        type="pdf",
        size=1,
        status="indexed" if percent is None else "processing",
        percent=percent,
        error=None,
        tags=[],
        chunk_count=1,
        pages=1,
        created_at=NOW,
        path=Path("x.pdf"),
    )


def listed(*documents: DocumentEntry) -> DocumentList:
    return DocumentList(documents=[*documents], tags=["brand"])


def project(number: int, archived: bool = False) -> ProjectSummary:
    return ProjectSummary(
        project_id=number,
        name=f"Project {number}",
        is_archived=archived,
        campaigns=[],
        activity_count=0,
        published_count=0,
        document_count=0,
        updated_at=NOW,
    )


def test_the_page_knows_why_it_is_empty() -> None:
    presenter = DocumentsPresenter()
    states: list[str] = [presenter.state]
    presenter.take(listed(), 0)
    states.append(presenter.state)
    presenter.tag = "brand"
    states.append(presenter.state)
    presenter.take(listed(document()), 0)
    assert [*states, presenter.state] == ["loading", "empty", "filtered_out", "filled"]


def test_the_time_left_is_guessed_from_the_pace_in_steps_of_five() -> None:
    presenter = DocumentsPresenter()
    presenter.take(listed(document(percent=10)), 100.0)
    assert presenter.eta(document(percent=10), 100.5) is None
    presenter.take(listed(document(percent=30)), 100.9)
    assert presenter.eta(document(), 100.9) is None
    presenter.take(listed(document(percent=30)), 104.0)
    assert presenter.eta(document(), 104.0) == 15  # 70 percent at 5 percent a second: 14 s
    presenter.take(listed(document(percent=99)), 110.0)
    assert presenter.eta(document(), 110.0) == 5
    presenter.take(listed(document()), 111.0)
    assert presenter.eta(document(), 111.0) is None


def test_several_files_are_one_bar() -> None:
    presenter = DocumentsPresenter()
    presenter.begin_reading(50.0)
    assert presenter.reading == Reading()
    assert Reading().percent_of_all is None
    assert presenter.reading_eta(60.0) is None
    presenter.hear({"file": "b.pdf", "number": 2, "count": 4, "percent": 60, "stage": "indexing"})
    assert presenter.reading == Reading("b.pdf", 2, 4, 60)
    assert Reading("b.pdf", 2, 4, 60).percent_of_all == 40
    assert presenter.reading_eta(50.5) is None
    assert presenter.reading_eta(70.0) == 30
    presenter.end_reading()
    assert presenter.reading_eta(80.0) is None
    assert vars(presenter)["reading"] is None


def test_a_document_that_will_be_deleted_is_hidden_until_it_is_called_back() -> None:
    presenter = DocumentsPresenter()
    presenter.take(listed(document(1), document(2)), 0)
    presenter.let_go(1)
    assert [entry.id for entry in presenter.documents] == [2]
    assert presenter.find(1) is None
    presenter.take(listed(document(1), document(2)), 1)
    assert presenter.is_going(1)
    presenter.bring_back(1)
    assert presenter.find(1) is not None
    presenter.let_go(2)
    presenter.take(listed(document(1)), 2)
    assert presenter.going == set()


def test_a_project_that_is_gone_is_not_chosen_any_more() -> None:
    presenter = DocumentsPresenter()
    presenter.project_id = 2
    presenter.take_projects([project(1), project(2)])
    seen = [presenter.project_id]
    presenter.take_projects([project(1), project(2, archived=True)])
    assert [*seen, presenter.project_id] == [2, None]
    assert [each.project_id for each in presenter.projects] == [1]


def result(**values: Any) -> IngestResult:
    return IngestResult.model_validate({"file": "a.pdf", "status": "indexed", **values})


def test_only_files_without_a_row_need_to_be_told_of() -> None:
    missing = result(status="error", error="There is no file.")
    scanned = result(status="error", error="Only pictures.", document_id=3)
    twice = result(document_id=4, duplicate=True)
    assert refusals([missing, scanned, twice]) == ["There is no file."]
    assert known_already([missing, scanned, twice]) == [twice]
