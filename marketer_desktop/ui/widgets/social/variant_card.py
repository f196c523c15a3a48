"""A variant as its platform shows it: who posts it, its text, how long it is, what is wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.ui.widgets.avatar import Avatar
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.social.variant_text import VariantText
from marketer_desktop.ui.widgets.social.variants import (
    HOOK,
    LIMITS,
    POST,
    PREVIEW,
    SUBJECT,
    Mail,
    length,
    mail_of,
    posts_of,
    thread_of,
)
from marketer_desktop.ui.widgets.social.wording import copy_name, said, variant_name

_ICONS = {"linkedin": "letter:in", "twitter": "letter:X", "thread": "letter:X"}
MAIL_LINES = 4
EDGE, INSET = 10, 6  # the texts have an inset of their own


class Counter(Label):
    """“1,180 of 3,000”, or how many are too many."""

    def __init__(self) -> None:
        super().__init__("", "caption", "secondary", tabular=True)

    def show_length(self, used: int, most: int | None) -> None:
        """Say how much room there is, or was."""
        over = used - most if most is not None else 0
        if most is None:
            self.setText(f"{used:,}")
        elif over > 0:
            self.setText(said("{0} too many").format(f"{over:,}"))
        else:
            self.setText(said("{0} of {1}").format(f"{used:,}", f"{most:,}"))
        self.set_role("error_text" if over > 0 else "secondary")


class VariantCard(QFrame):
    """Head, the post, its check, and a way to the clipboard. `author` is who posts it."""

    edited = Signal(str, str)  # the name and the text of the variant
    copied = Signal(str)

    def __init__(self, name: str, text: str, author: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name, self.author = name, author
        self.count = Counter()
        self._sign, self._verdict = Sign("circle-check", "success_icon", 16, line=18), QWidget()
        self.message = Label("", "secondary", "secondary", wrap=True)
        self.copy = Button(copy_name(name), size="sm", icon="copy")
        self.copy.setAccessibleDescription(variant_name(name))
        self.copy.clicked.connect(self._copy)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        self.fill(text)
        self._lay_out()
        self.show_check(None)
        self.count_letters()

    def fill(self, text: str) -> None:
        """Put the post into `body`."""
        self.text = VariantText(text, fold=HOOK if self.name == "linkedin" else None)
        self.text.setAccessibleName(variant_name(self.name))
        self.text.textChanged.connect(self.tell)
        if self.name in ("linkedin", "twitter"):
            self.body.addLayout(self._byline())
        self.body.addWidget(self.text)

    def value(self) -> str:
        """The text as it is stored."""
        return self.text.toPlainText()

    def count_letters(self) -> None:
        """Say how long the text is."""
        self.count.show_length(length(self.name, self.value()), LIMITS.get(self.name))

    def tell(self) -> None:
        """The text was edited."""
        self.count_letters()
        self.edited.emit(self.name, self.value())

    def show_check(self, check: Check | None) -> None:
        """Show what the contract of the platform says."""
        self._verdict.setVisible(check is not None)
        if check is not None:
            signs = ("circle-check", "success_icon"), ("circle-x", "error_icon")
            self._sign.set(*signs[not check.passed])
            self.message.setText(check.message)
            self.message.set_role("secondary" if check.passed else "error_text")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.value())
        self.copied.emit(self.name)

    def _byline(self) -> QHBoxLayout:
        """Who posts, and when, as the platform says it."""
        row = QHBoxLayout()
        row.setContentsMargins(INSET, 0, INSET, 0)
        row.setSpacing(10)
        row.addWidget(Avatar(self.author, 32))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.author, "strong", elide=True))
        words.addWidget(Label(said("Now"), "caption", "secondary"))
        row.addLayout(words, 1)
        return row

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        head.setSpacing(8)
        head.addWidget(Sign(_ICONS.get(self.name, "mail"), "secondary", 16))
        head.addWidget(Label(variant_name(self.name), "strong"))
        head.addStretch(1)
        head.addWidget(self.count)
        verdict = QHBoxLayout(self._verdict)
        verdict.setContentsMargins(0, 0, 0, 0)
        verdict.setSpacing(8)
        verdict.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.message, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(INSET, 0, 0, 0)
        foot.setSpacing(12)
        foot.addWidget(self._verdict, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(0)
        foot.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 12, EDGE, EDGE)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addLayout(self.body)
        column.addLayout(foot)


class ThreadCard(VariantCard):
    """One post below the other, each with its own length."""

    def fill(self, text: str) -> None:
        """A text for each post."""
        self.posts: list[VariantText] = []
        self._counts: list[Counter] = []
        self.body.addLayout(self._byline())
        posts = posts_of(text)
        for number, post in enumerate(posts, start=1):
            self._add(post, said("Post {0} of {1}").format(number, len(posts)))

    def value(self) -> str:
        """The posts that are not empty."""
        return thread_of([post.toPlainText() for post in self.posts])

    def count_letters(self) -> None:
        """Say how long each post is, and how many there are."""
        for post, count in zip(self.posts, self._counts, strict=True):
            count.show_length(length("thread", post.toPlainText()), POST)
        many = len(posts_of(self.value()))
        self.count.setText(said("1 post") if many == 1 else said("{0} posts").format(many))

    def _add(self, post: str, name: str) -> None:
        text, count = VariantText(post), Counter()
        text.setAccessibleName(name)
        text.textChanged.connect(self.tell)
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        count.setContentsMargins(0, 0, INSET, 0)
        if self.posts:
            self.body.addWidget(Divider())
        self.body.addWidget(text)
        self.body.addWidget(count)
        self.posts.append(text)
        self._counts.append(count)


class MailCard(VariantCard):
    """Subject and preview as a mailbox lists them, then the mail."""

    def fill(self, text: str) -> None:
        """Three texts."""
        mail = mail_of(text)
        self.subject = self._line(said("Subject"), mail.subject)
        self.preview = self._line(said("Preview text"), mail.preview)
        self._counts: Sequence[tuple[VariantText, Counter, int]] = (
            (*self.subject, SUBJECT),
            (*self.preview, PREVIEW),
        )
        self.body.addWidget(Divider())
        self.text = VariantText(mail.body, MAIL_LINES)
        self.text.setAccessibleName(variant_name(self.name))
        self.text.textChanged.connect(self.tell)
        self.body.addWidget(self.text)

    def value(self) -> str:
        """The mail as it is stored."""
        subject, preview = (
            " ".join(part[0].toPlainText().split()) for part in (self.subject, self.preview)
        )
        return Mail(subject, preview, self.text.toPlainText()).text

    def count_letters(self) -> None:
        """Say how long subject and preview are; a mail itself may be of any length."""
        for text, count, most in self._counts:
            count.show_length(len(text.toPlainText()), most)

    def _line(self, name: str, value: str) -> tuple[VariantText, Counter]:
        text, count = VariantText(value, 1), Counter()
        text.setAccessibleName(name)
        text.textChanged.connect(self.tell)
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        label: QLabel = Label(name, "caption", "secondary")
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(count)
        self.body.addLayout(head)
        self.body.addWidget(text)
        return text, count


def card_of(name: str, text: str, author: str) -> VariantCard:
    """The card that fits a variant."""
    kinds: dict[str, type[VariantCard]] = {"thread": ThreadCard, "email": MailCard}
    return kinds.get(name, VariantCard)(name, text, author)
