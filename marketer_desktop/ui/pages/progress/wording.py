"""What the progress page says about a run."""

from PySide6.QtCore import QCoreApplication

from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.ui.pages.progress.presenter import RunView, StepView, rounded_eta
from marketer_desktop.ui.widgets.stepper import StepState

STEPPER_STATUS = {"stopped": "pending"}


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("ProgressPage", text)


def step_name(step: str) -> str:
    """A step as it is called."""
    return {
        "seo_research": tr("SEO research"),
        "research": tr("Content research"),
        "writing": tr("Writing"),
        "editing": tr("Editing"),
        "social_media": tr("Social media"),
    }[step]


def step_sentence(step: str) -> str:
    """What happens in a step."""
    return {
        "seo_research": tr("Finding the title and what readers ask."),
        "research": tr("Looking for facts in your documents."),
        "writing": tr("Writing the sections side by side."),
        "editing": tr("Checking length, keywords and repetition."),
        "social_media": tr("Writing the posts that go with it."),
    }[step]


def title(run: RunView) -> str:
    """The page's title."""
    if run.status in ("generating", "waiting"):
        return tr("Generating: {topic}").format(topic=run.title)
    return run.title


def choice(run_title: str, status: str) -> str:
    """A run among others; its status comes first, where it is never cut off."""
    return f"{_status(status)} · {run_title}"


def headline(run: RunView) -> str:
    """How far the run is, in a few words."""
    if run.status == "generating":
        return time_left(run.eta_seconds)
    return _status(run.status)


def _status(status: str) -> str:
    return {
        "generating": tr("Generating"),
        "waiting": tr("Waiting"),
        OUTLINE_REVIEW: tr("Waits for your outline"),
        "interrupted": tr("Interrupted"),
        "completed": tr("Ready"),
        "needs_attention": tr("Needs attention"),
        "failed": tr("Stopped"),
        "cancelled": tr("Stopped"),
    }[status]


def time_left(seconds: float | None) -> str:
    """The time left, as precise as it can be."""
    if seconds is None:
        return tr("Generating")
    unit, count = rounded_eta(seconds)
    text = tr("About {count} s left") if unit == "seconds" else tr("About {count} min left")
    return text.format(count=count)


def sentence(run: RunView) -> str:
    """What happens now."""
    if run.status == OUTLINE_REVIEW:
        return tr("Change the outline as you like. The rest is written when you say so.")
    if run.status != "generating":
        return ""
    if run.step is None or run.step.began is None:  # a model that is new here is measured first
        return tr("Getting the model ready.")
    return step_sentence(run.step.name)


def no_draft(run: RunView) -> str:
    """What stands in the place of the draft before there is one."""
    if run.status in ("generating", "waiting"):
        return tr("The draft appears here as it is written.")
    return tr("Nothing was written yet.")


def step_states(run: RunView) -> list[StepState]:
    """The steps for the stepper."""
    return [
        StepState(
            step_name(step.name),
            STEPPER_STATUS.get(step.status, step.status),
            _note(run, step),
        )
        for step in run.steps
    ]


def _note(run: RunView, step: StepView) -> str:
    if step.status == "stopped" and run.status == OUTLINE_REVIEW:
        return tr("Waits for your outline")
    if step.status in ("stopped", "error"):
        return tr("Stopped here")
    seconds = run.elapsed(step)
    said = "" if seconds is None else duration(seconds)
    if step.status == "in_progress" and run.tokens_per_second:
        rate = tr("{rate} tokens/s").format(rate=round(run.tokens_per_second))
        return f"{said} · {rate}"
    return said


def duration(seconds: int) -> str:
    """`45 s` or `2 min 5 s`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return tr("{seconds} s").format(seconds=rest)
    return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def state(run: RunView) -> tuple[str, str] | None:
    """Tone and text of the banner; None while the run is on its way."""
    match run.status:
        case "waiting":
            return "accent", _ahead(run.position)
        case "interrupted":
            return "warning", tr("This run was cut off. It goes on where it stopped.")
        case "completed":
            return "success", tr("Your piece is ready: {words} words.").format(words=run.word_count)
        case "needs_attention":
            return "warning", _attention(run.failed_checks)
        case "failed":
            return "error", _failed(run)
        case "cancelled":
            return "neutral", _cancelled(run)
    return None


def _failed(run: RunView) -> str:
    if run.draft.shown():
        return tr("The model stopped. Your draft is kept.")
    return tr("The model stopped before it wrote anything. Your brief is kept.")


def _cancelled(run: RunView) -> str:
    kept = tr("Stopped. Draft kept.")
    return kept if run.draft.shown() else tr("Stopped. Nothing was written yet.")


def _ahead(position: int) -> str:
    if position == 0:
        return tr("Starts in a moment.")
    said = tr("1 run ahead.") if position == 1 else tr("{count} runs ahead.").format(count=position)
    return f"{said} {tr('This one starts by itself.')}"


def _attention(checks: list[str]) -> str:
    if len(checks) == 1:
        return tr("1 check needs attention: {check}").format(check=checks[0])
    said = tr("{count} checks need attention.").format(count=len(checks))
    return " ".join([said, *checks])
