"""How the roles of a team are called, and what each may do."""

from PySide6.QtCore import QObject


class RoleWords(QObject):
    """Words for the table and the sheet."""

    def role(self, role: str) -> str:
        """Its name."""
        return {
            "owner": self.tr("Owner"),
            "admin": self.tr("Admin"),
            "member": self.tr("Member"),
            "viewer": self.tr("Viewer"),
        }.get(role, role)

    def make(self, role: str) -> str:
        """What a menu calls giving it."""
        return {
            "owner": self.tr("Make an owner"),
            "admin": self.tr("Make an admin"),
            "member": self.tr("Make a member"),
            "viewer": self.tr("Make a viewer"),
        }[role]
