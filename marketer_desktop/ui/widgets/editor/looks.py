"""How blocks and characters look, but for colours: those come from the highlighter."""

from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextLength,
    QTextTableFormat,
)

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Path, path_text
from marketer_desktop.publishing.markdown_blocks.runs import PLAIN, Marks, encoded
from marketer_desktop.ui.theme import type
from marketer_desktop.ui.widgets.editor.properties import (
    ALIGNS,
    CELL,
    HEAD_CELL,
    INFO,
    KIND,
    LEAF,
    MARKS,
    PATH,
    TASK,
    VERBATIM,
)

ITEM_INDENT, QUOTE_INDENT = 40, 18
CODE_PADDING = 14  # at the sides
CODE_ROOM = 10  # above and below
GAP = 14  # below a paragraph
HEADING_GAPS = {1: (30, 12), 2: (30, 10), 3: (24, 8)}
SMALL_HEADING_GAPS = (20, 6)
RULE_GAP = 18
CELL_PADDING = 10
INLINE_CODE = 14 / 16  # of the size around it
TEXT_STYLES = {1: "editor_h1", 2: "editor_h2", 3: "editor_h3"}
MINIMUM = QTextBlockFormat.LineHeightTypes.MinimumHeight.value

Weight = QFont.Weight


def indent(path: Path) -> int:
    """How far the text stands from the left edge, in px."""
    return sum(ITEM_INDENT if step.is_item else QUOTE_INDENT for step in path)


def block_look(
    kind: str, path: Path = (), *, level: int = 0, leaf: int = 0, info: str = "", task: str = ""
) -> QTextBlockFormat:
    """The format of a block."""
    look = QTextBlockFormat()
    look.setProperty(KIND, str(kind))
    if path:
        look.setProperty(PATH, path_text(path))
    for key, value in ((LEAF, leaf), (INFO, info), (TASK, task)):
        if value:
            look.setProperty(key, value)
    if level:
        look.setHeadingLevel(level)
    above, below = _gaps(kind, level, path)
    look.setTopMargin(above)
    look.setBottomMargin(below)
    look.setLeftMargin(indent(path))
    if kind in VERBATIM:
        look.setLeftMargin(indent(path) + CODE_PADDING)
        look.setRightMargin(CODE_PADDING)
    look.setLineHeight(_line_height(kind, level), MINIMUM)
    return look


def char_look(kind: str, level: int = 0, marks: Marks = PLAIN) -> QTextCharFormat:
    """The format of characters in a block of this kind."""
    look = QTextCharFormat()
    words = encoded(marks)
    if words:
        look.setProperty(MARKS, words)
    if kind in VERBATIM:
        _set_fixed(look, type.code_font().pixelSize())
        return look
    size = type.font("editor").pixelSize()
    if level:
        font = type.font(TEXT_STYLES.get(level, "editor"))
        size = font.pixelSize()
        look.setProperty(QTextFormat.Property.FontPixelSize, size)
        look.setFontWeight(max(font.weight(), Weight.DemiBold))
        if level <= 2:
            look.setFontLetterSpacing(type.TIGHT_PERCENT)
    elif kind == HEAD_CELL:
        look.setFontWeight(Weight.DemiBold)
    if words:
        _mark(look, marks, size)
    return look


def table_look(path: Path, aligns: tuple[str, ...], leaf: int = 0) -> QTextTableFormat:
    """The format of a table; its lines are painted by the decorations."""
    look = QTextTableFormat()
    look.setProperty(KIND, str(Kind.TABLE))
    look.setProperty(PATH, path_text(path))
    look.setProperty(ALIGNS, ",".join(aligns))
    if leaf:
        look.setProperty(LEAF, leaf)
    look.setBorder(0)
    look.setCellSpacing(0)
    look.setCellPadding(CELL_PADDING)
    look.setLeftMargin(indent(path))
    look.setTopMargin(CODE_ROOM)
    look.setBottomMargin(GAP)
    look.setHeaderRowCount(1)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return look


def _mark(look: QTextCharFormat, marks: Marks, size: int) -> None:
    if marks.code or marks.html:
        _set_fixed(look, round(size * INLINE_CODE))
    if marks.bold:
        look.setFontWeight(Weight.Bold)
    if marks.italic:
        look.setFontItalic(True)
    if marks.underline:
        look.setFontUnderline(True)
    if marks.strike:
        look.setFontStrikeOut(True)


def _set_fixed(look: QTextCharFormat, size: int) -> None:
    look.setFontFamilies([type.code_font().family()])
    look.setFontFixedPitch(True)
    look.setProperty(QTextFormat.Property.FontPixelSize, size)


def _gaps(kind: str, level: int, path: Path) -> tuple[int, int]:
    """Room above and below; Qt takes the larger one of two neighbours."""
    if kind in VERBATIM:
        return CODE_ROOM + 8, CODE_ROOM + GAP
    if kind in (CELL, HEAD_CELL):
        return 0, 0
    if kind == Kind.RULE:
        return 4, 8
    if level:
        return HEADING_GAPS.get(level, SMALL_HEADING_GAPS)
    return (4, 4) if path and path[-1].is_item else (10, GAP)


def _line_height(kind: str, level: int) -> int:
    if kind in (*VERBATIM, CELL, HEAD_CELL):
        return type.line_height("body")
    if kind == Kind.RULE:
        return RULE_GAP
    return type.line_height(TEXT_STYLES.get(level, "editor"))
