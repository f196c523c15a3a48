"""Tables: put in, moved through, rows and columns added and taken away."""

from PySide6.QtGui import QTextCursor, QTextTable, QTextTableCell

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf, Placed, path_of
from marketer_desktop.ui.widgets.editor.blocks import KEEP, one_step
from marketer_desktop.ui.widgets.editor.build import Builder, restyle, style_cell
from marketer_desktop.ui.widgets.editor.looks import table_look
from marketer_desktop.ui.widgets.editor.properties import ALIGNS, LEAF, PATH, is_cell, path_at

Cursor = QTextCursor


def insert_table(cursor: QTextCursor, rows: int = 3, columns: int = 3) -> None:
    """Put a table after the current block, the cursor into its first cell."""
    if is_cell(cursor.block()):
        return
    leaf = Leaf(
        Kind.TABLE,
        path_at(cursor.block()),
        rows=(((),) * columns,) * rows,
        aligns=("",) * columns,
    )
    with one_step(cursor):
        cursor.movePosition(Cursor.MoveOperation.EndOfBlock)
        start = cursor.position()
        builder = Builder(QTextCursor(cursor), lambda source, alt: (0, 0))
        builder.add([Placed(0, leaf)], into_current=False)
    cursor.setPosition(start + 1)


def move_in_table(cursor: QTextCursor, step: int) -> None:
    """Go to the next cell, or the one before; after the last one begins a new row."""
    table = cursor.currentTable()
    cell = table.cellAt(cursor)
    at = cell.row() * table.columns() + cell.column() + step
    if at < 0:
        return
    if at >= table.rows() * table.columns():
        insert_row(cursor, table.rows())
    _select_cell(cursor, table.cellAt(at // table.columns(), at % table.columns()))


def move_down(cursor: QTextCursor) -> None:
    """Go to the cell below, or behind the table."""
    table = cursor.currentTable()
    cell = table.cellAt(cursor)
    if cell.row() + 1 < table.rows():
        cursor.setPosition(table.cellAt(cell.row() + 1, cell.column()).lastPosition())
    else:
        cursor.setPosition(table.lastPosition() + 1)


def insert_row(cursor: QTextCursor, at: int | None = None) -> None:
    """Add a row below the cursor's, or at an index."""
    table = cursor.currentTable()
    if not table:
        return
    row = table.cellAt(cursor).row() + 1 if at is None else at
    with one_step(cursor):
        table.insertRows(row, 1)
        _style(table)


def insert_column(cursor: QTextCursor) -> None:
    """Add a column right of the cursor's."""
    table = cursor.currentTable()
    if not table:
        return
    column = table.cellAt(cursor).column() + 1
    aligns = aligns_of(table)
    with one_step(cursor):
        table.insertColumns(column, 1)
        _set_aligns(table, [*aligns[:column], "", *aligns[column:]])


def remove_row(cursor: QTextCursor) -> None:
    """Take the cursor's row away; the first one that is left is the head."""
    table = cursor.currentTable()
    if not table:
        return
    if table.rows() == 1:
        remove_table(cursor)
        return
    with one_step(cursor):
        table.removeRows(table.cellAt(cursor).row(), 1)
        _style(table)


def remove_column(cursor: QTextCursor) -> None:
    """Take the cursor's column away."""
    table = cursor.currentTable()
    if not table:
        return
    if table.columns() == 1:
        remove_table(cursor)
        return
    column = table.cellAt(cursor).column()
    aligns = aligns_of(table)
    with one_step(cursor):
        table.removeColumns(column, 1)
        _set_aligns(table, [*aligns[:column], *aligns[column + 1 :]])


def remove_table(cursor: QTextCursor) -> None:
    """Take the whole table away."""
    table = cursor.currentTable()
    if table:
        cursor.setPosition(table.firstPosition() - 1)
        cursor.setPosition(table.lastPosition() + 1, KEEP)
        cursor.removeSelectedText()


def set_alignment(cursor: QTextCursor, align: str) -> None:
    """Align the cursor's column: empty, `left`, `center` or `right`."""
    table = cursor.currentTable()
    if not table:
        return
    aligns = aligns_of(table)
    aligns[table.cellAt(cursor).column()] = align
    with one_step(cursor):
        _set_aligns(table, aligns)


def aligns_of(table: QTextTable) -> list[str]:
    """How each column is aligned."""
    return table.format().stringProperty(ALIGNS).split(",")


def _set_aligns(table: QTextTable, aligns: list[str]) -> None:
    old = table.format()
    path = path_of(old.stringProperty(PATH))
    table.setFormat(table_look(path, tuple(aligns), old.intProperty(LEAF)))
    _style(table)


def _style(table: QTextTable) -> None:
    aligns = aligns_of(table)
    for row in range(table.rows()):
        for column, align in enumerate(aligns):
            cursor = table.cellAt(row, column).firstCursorPosition()
            style_cell(cursor, row, align)
            restyle(cursor)


def _select_cell(cursor: QTextCursor, cell: QTextTableCell) -> None:
    cursor.setPosition(cell.firstPosition())
    cursor.setPosition(cell.lastPosition(), KEEP)
