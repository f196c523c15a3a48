"""The colours of the window by what they are for, once for light and once for dark."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """Each field is a role, its value `#rrggbb`."""

    dark: bool

    # Planes, from the window's edge inwards
    chrome: str
    window: str
    surface: str
    raised: str  # sheets, menus
    sunken: str
    hover: str
    hover_chrome: str
    hover_raised: str
    pressed: str
    selected: str
    neutral: str  # tracks, quiet pills

    # Lines
    hairline: str
    button_border: str
    control: str  # the edge of an input

    # Texts
    text: str
    secondary: str
    muted: str  # placeholders too
    disabled: str

    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_subtle: str
    accent_subtle_hover: str
    accent_text: str
    focus: str

    success_text: str
    success_icon: str
    success_subtle: str
    warning_text: str
    warning_icon: str
    warning_subtle: str
    error_text: str
    error_icon: str
    error_subtle: str
    danger: str
    danger_hover: str
    danger_pressed: str

    selection: str
    selection_text: str
    code: str
    code_text: str
    mark: str
    mark_text: str
    tooltip: str
    tooltip_text: str

    chart_1: str
    chart_2: str
    chart_3: str
    chart_4: str
    chart_5: str
    chart_6: str


LIGHT = Tokens(
    dark=False,
    chrome="#f3f4f6",
    window="#f9fafb",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#f3f4f6",
    hover="#f3f4f6",
    hover_chrome="#e8eaee",
    hover_raised="#eef0f3",
    pressed="#e5e7eb",
    selected="#e6effe",
    neutral="#eef0f3",
    hairline="#e5e7eb",
    button_border="#d1d5db",
    control="#7d8593",
    text="#111827",
    secondary="#4b5563",
    muted="#5f6775",
    disabled="#9aa2ae",
    accent="#2563eb",
    accent_hover="#1d4ed8",
    accent_pressed="#1e40af",
    on_accent="#ffffff",
    accent_subtle="#eaf2ff",
    accent_subtle_hover="#dbe8fe",
    accent_text="#1d4ed8",
    focus="#2563eb",
    success_text="#04724f",
    success_icon="#059669",
    success_subtle="#e7f8f0",
    warning_text="#92500a",
    warning_icon="#c2680a",
    warning_subtle="#fef5e1",
    error_text="#b91c1c",
    error_icon="#dc2626",
    error_subtle="#fdecec",
    danger="#dc2626",
    danger_hover="#b91c1c",
    danger_pressed="#991b1b",
    selection="#bfd7fe",
    selection_text="#111827",
    code="#f3f4f6",
    code_text="#1f2937",
    mark="#fdeab0",
    mark_text="#111827",
    tooltip="#1f2937",
    tooltip_text="#f9fafb",
    chart_1="#2563eb",
    chart_2="#0d8a80",
    chart_3="#b45309",
    chart_4="#7c3aed",
    chart_5="#c8266f",
    chart_6="#64748b",
)

DARK = Tokens(
    dark=True,
    chrome="#0c0f14",
    window="#11151b",
    surface="#181d25",
    raised="#1f2530",
    sunken="#0f1318",
    hover="#222a36",
    hover_chrome="#1a2029",
    hover_raised="#2a3341",
    pressed="#2f3947",
    selected="#1b2c4d",
    neutral="#2a313d",
    hairline="#262d38",
    button_border="#343d4b",
    control="#727d90",
    text="#e9ecf1",
    secondary="#b0b8c5",
    muted="#9aa4b3",
    disabled="#5d6778",
    accent="#2b66ea",
    accent_hover="#336ef0",
    accent_pressed="#1d4ed8",
    on_accent="#ffffff",
    accent_subtle="#1a2945",
    accent_subtle_hover="#20345a",
    accent_text="#82b1ff",
    focus="#6ea4ff",
    success_text="#4ade9f",
    success_icon="#10b981",
    success_subtle="#12302a",
    warning_text="#f7bd54",
    warning_icon="#f59e0b",
    warning_subtle="#352814",
    error_text="#fb8d8d",
    error_icon="#f05252",
    error_subtle="#3a1e22",
    danger="#d63031",
    danger_hover="#da3535",
    danger_pressed="#b91c1c",
    selection="#2a4a85",
    selection_text="#f3f6fb",
    code="#10141a",
    code_text="#d5dae3",
    mark="#544013",
    mark_text="#fbf3dd",
    tooltip="#2b3341",
    tooltip_text="#eef1f5",
    chart_1="#5493f7",
    chart_2="#2bb8a9",
    chart_3="#e0a02e",
    chart_4="#a78bfa",
    chart_5="#f472b6",
    chart_6="#94a3b8",
)
