"""What a person reads of the checks in a terminal."""

from marketer_desktop.cli.report import check_lines
from marketer_desktop.domain.checks.check import Check


def check(check_id: str, *, hard: bool, passed: bool, message: str = "") -> Check:
    return Check(id=check_id, hard=hard, passed=passed, message=message or f"About {check_id}.")


def test_what_passed_is_counted_and_what_failed_is_said_requirements_first() -> None:
    checks = [
        check("passiveVoice", hard=False, passed=False),
        check("word_count", hard=True, passed=True),
        check("slug", hard=True, passed=False, message="The slug is missing."),
        check("seo_score", hard=True, passed=True, message="SEO 96 of 100."),
    ]
    assert check_lines(checks) == [
        "✓ 2 of 3 requirements met",
        "✓ SEO 96 of 100.",
        "✗ slug: The slug is missing.",
        "· passiveVoice: About passiveVoice.",
    ]


def test_a_run_without_checks_says_nothing_of_them() -> None:
    assert check_lines([]) == []
