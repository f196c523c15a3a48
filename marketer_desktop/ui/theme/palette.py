"""The colours of a theme as Qt's palette: what no rule of the style sheet reaches follows it."""

from PySide6.QtGui import QColor, QPalette

from marketer_desktop.ui.theme.tokens import Tokens

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


def palette(tokens: Tokens) -> QPalette:
    """The palette for the whole application."""
    made = QPalette()
    for role, colour in _roles(tokens).items():
        made.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.HighlightedText):
        made.setColor(Group.Disabled, role, QColor(tokens.disabled))
    return made


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    return {
        Role.Window: tokens.window,
        Role.WindowText: tokens.text,
        Role.Base: tokens.surface,
        Role.AlternateBase: tokens.sunken,
        Role.Text: tokens.text,
        Role.PlaceholderText: tokens.muted,
        Role.Button: tokens.surface,
        Role.ButtonText: tokens.text,
        Role.BrightText: tokens.on_accent,
        Role.Highlight: tokens.selection,
        Role.HighlightedText: tokens.selection_text,
        Role.Accent: tokens.accent,
        Role.Link: tokens.accent_text,
        Role.LinkVisited: tokens.accent_text,
        Role.ToolTipBase: tokens.tooltip,
        Role.ToolTipText: tokens.tooltip_text,
        Role.Light: tokens.raised,
        Role.Midlight: tokens.hairline,
        Role.Mid: tokens.button_border,
        Role.Dark: tokens.control,
        Role.Shadow: tokens.chrome,
    }
