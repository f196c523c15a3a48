"""The registry of the current user, on Windows."""

import sys
import winreg

assert sys.platform == "win32"


class UserRegistry:
    """Values below `HKEY_CURRENT_USER`."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """The value, None where there is none."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        return value if isinstance(value, (str, bytes)) else None

    def set(self, key: str, name: str, value: str) -> None:
        """Keep a text."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def remove(self, key: str, name: str) -> None:
        """Remove the value, if it is there."""
        try:
            with winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE
            ) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
