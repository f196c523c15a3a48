"""How the state of an account's sync is called and shown: a word, an icon, a tone."""

from datetime import datetime

from PySide6.QtCore import QObject

from marketer_desktop.ui.widgets.ages import AgeWords

LOOKS = {
    "up_to_date": ("circle-check", "success_icon"),
    "syncing": ("refresh-cw", "secondary"),
    "waiting": ("upload", "secondary"),
    "offline": ("cloud-off", "secondary"),
    "needs_attention": ("triangle-alert", "warning_icon"),
    "signed_out": ("log-out", "secondary"),
}
TONES = {
    "up_to_date": "success",
    "syncing": "accent",
    "waiting": "accent",
    "needs_attention": "warning",
}


class SyncWords(QObject):
    """Offline is a state like others: nothing is wrong, and nothing is lost."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ages = AgeWords(self)

    def state(self, state: str, waiting: int = 0) -> str:
        """Such as *Up to date*, *3 waiting*."""
        return {
            "up_to_date": self.tr("Up to date"),
            "syncing": self.tr("Syncing"),
            "waiting": self.tr("{0} waiting").format(waiting),
            "offline": self.tr("Offline"),
            "needs_attention": self.tr("Needs attention"),
            "signed_out": self.tr("Signed out"),
        }[state]

    def pill(self, state: str, waiting: int = 0) -> tuple[str, str]:
        """The word with its tone."""
        return self.state(state, waiting), TONES.get(state, "neutral")

    def last(self, at: datetime | None, now: datetime) -> str:
        """Such as *Last sync 2 minutes ago*."""
        if at is None:
            return self.tr("Not synced yet")
        return self.tr("Last sync {0}").format(self._ages.ago(at, now))

    def waiting(self, count: int) -> str:
        """What has not been sent, or nothing."""
        if count == 0:
            return ""
        if count == 1:
            return self.tr("1 change waits to be sent")
        return self.tr("{0} changes wait to be sent").format(count)

    def open_questions(self, conflicts: int, refused: int) -> list[str]:
        """What somebody has to look at, a sentence for each kind."""
        said = []
        if conflicts:
            said.append(self.tr("{0} changed on both sides.").format(conflicts))
        if refused:
            said.append(self.tr("{0} refused by the server.").format(refused))
        return said
