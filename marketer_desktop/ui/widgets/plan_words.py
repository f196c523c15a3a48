"""How plans, their limits and what happens to them are called."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QObject


class PlanWords(QObject):
    """Words for settings, banners and sheets."""

    def plan(self, plan: str) -> str:
        """Its name."""
        return {
            "local": self.tr("Local"),
            "free": self.tr("Free"),
            "pro": self.tr("Pro"),
            "enterprise": self.tr("Enterprise"),
        }.get(plan, plan)

    def limit(self, name: str) -> str:
        """What a limit is about."""
        return {
            "projects": self.tr("Projects"),
            "users": self.tr("People"),
            "storage": self.tr("Documents on this computer"),
            "requests": self.tr("Requests today, from this computer"),
        }[name]

    def used(self, name: str, used: float, limit: int | None) -> str:
        """Such as *3 of 3 used*, *0.4 of 5 GB used*."""
        locale = QLocale()
        decimals = 1 if name == "storage" and used else 0
        shown = locale.toString(float(used), "f", decimals)
        unit = self.tr(" GB") if name == "storage" else ""
        if limit is None:
            return self.tr("{0}{1}, no limit").format(shown, unit)
        return self.tr("{0} of {1}{2} used").format(shown, locale.toString(limit), unit)

    def day(self, moment: datetime) -> str:
        """The day of this computer's calendar."""
        return shown_day(moment.astimezone().date())

    def news(self, kind: str, at: datetime, heard_at: datetime | None) -> str:
        """What has happened, what is safe, what to do."""
        heard = self.day(heard_at) if heard_at is not None else ""
        return {
            "lapsed": self.tr(
                "The server was last heard on {heard}, so the limits of the Free plan hold for "
                "what is new. Everything here stays. Sync once, and your plan holds again."
            ),
            "waiting": self.tr(
                "The server was last heard on {heard}. Your plan holds until {day}: sync once "
                "before then."
            ),
            "past_due": self.tr(
                "The last payment failed. Your plan holds while it is tried again: see to the way "
                "you pay."
            ),
            "unpaid": self.tr(
                "The subscription is not paid, so its plan has ended. Everything here stays. Pay, "
                "and it holds again."
            ),
            "paused": self.tr(
                "The subscription is paused, and its plan with it. Everything here stays."
            ),
            "incomplete": self.tr(
                "The first payment has not gone through: see to the way you pay."
            ),
            "ending": self.tr("The subscription was cancelled. Your plan holds until {day}."),
            "ended": self.tr(
                "The subscription ended on {day}. The limits of the Free plan hold; everything "
                "here stays."
            ),
        }[kind].format(day=self.day(at), heard=heard)


def shown_day(day: date, shape: str = "d MMMM yyyy") -> str:
    """A day as the person's language writes it."""
    return QLocale().toString(QDate(day.year, day.month, day.day), shape)
