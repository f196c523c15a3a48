"""Lists: items made and unmade, moved in and out."""

from PySide6.QtGui import QTextBlock, QTextCursor

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Path, Step, fresh_id
from marketer_desktop.ui.widgets.editor.blocks import change, one_step, selected_blocks
from marketer_desktop.ui.widgets.editor.properties import (
    TASK,
    begins_item,
    is_verbatim,
    path_at,
)


def item_at(block: QTextBlock) -> Step | None:
    """The innermost list item that a block is in."""
    return next((step for step in reversed(path_at(block)) if step.is_item), None)


def task_at(block: QTextBlock) -> str:
    """Nothing where there is no task; else the character in its box."""
    return str(block.blockFormat().stringProperty(TASK))


def list_sort(cursor: QTextCursor) -> str:
    """`BULLETS`, `NUMBERS` or nothing."""
    item = item_at(cursor.block())
    return item.sort if item else ""


def toggle_list(cursor: QTextCursor, sort: str) -> None:
    """Make a list of the selected blocks, change its sort, or end it."""
    blocks = [block for block in selected_blocks(cursor) if not is_verbatim(block)]
    if not blocks:
        return
    with one_step(cursor):
        items = [item_at(block) for block in blocks]
        if all(item and item.sort == sort for item in items):
            for block in blocks:
                _take_out(block)
        elif all(items):
            _change_sort(blocks, sort)
        else:
            _put_in(blocks, sort)


def toggle_task(block: QTextBlock) -> None:
    """Tick or untick a task, or make one of an item."""
    task = task_at(block)
    cursor = QTextCursor(block)
    with one_step(cursor):
        change(block, task="x" if task == " " else " ")


def toggle_tasks(cursor: QTextCursor, sort: str) -> None:
    """Make tasks of the selected items, or plain items of tasks."""
    with one_step(cursor):
        blocks = [block for block in selected_blocks(cursor) if not is_verbatim(block)]
        if any(item_at(block) is None for block in blocks):
            _put_in([block for block in blocks if item_at(block) is None], sort)
        are_tasks = bool(blocks) and all(task_at(block) for block in blocks)
        for block in blocks:
            if begins_item(block):
                change(block, task="" if are_tasks else " ")


def indent(cursor: QTextCursor) -> bool:
    """Move the selected items into the items before them; False if none can."""
    moved = False
    with one_step(cursor):
        for block in _items(cursor):
            moved |= _indent_item(block)
    return moved


def outdent(cursor: QTextCursor) -> bool:
    """Move the selected items out by one; False if there is none."""
    with one_step(cursor):
        items = _items(cursor)
        for block in items:
            _outdent_item(block)
    return bool(items)


def new_item(block: QTextBlock, *, is_task: bool = False) -> None:
    """Make a block the first one of a new item in the same list; what follows goes with it."""
    path = path_at(block)
    step = item_at(block)
    assert step
    fresh = Step(step.sort, step.group, fresh_id())
    _replace_from(block, step, (fresh,))
    change(block, path=_replaced(path, step, (fresh,)), task=" " if is_task else "")


def _items(cursor: QTextCursor) -> list[QTextBlock]:
    """The first blocks of the selected items, without those inside of others."""
    found: list[QTextBlock] = []
    taken: set[Step] = set()
    for block in selected_blocks(cursor):
        step = item_at(block)
        if step and not taken & set(path_at(block)):
            taken.add(step)
            found.append(_first_block(block, step))
    return found


def _first_block(block: QTextBlock, step: Step) -> QTextBlock:
    while block.previous().isValid() and step in path_at(block.previous()):
        block = block.previous()
    return block


def _indent_item(block: QTextBlock) -> bool:
    path, step = path_at(block), item_at(block)
    assert step
    depth = path.index(step)
    before = path_at(block.previous()) if block.previous().isValid() else ()
    if len(before) <= depth or before[:depth] != path[:depth]:
        return False
    elder = before[depth]
    if elder.group != step.group:
        return False
    inner = before[depth + 1] if len(before) > depth + 1 else None
    joins = inner is not None and inner.sort == step.sort
    group = inner.group if inner is not None and joins else fresh_id()
    _replace_from(block, step, (elder, Step(step.sort, group, step.item)))
    return True


def _outdent_item(block: QTextBlock) -> None:
    path, step = path_at(block), item_at(block)
    assert step
    depth = path.index(step)
    parent = path[depth - 1] if depth and path[depth - 1].is_item else None
    if parent is None:
        _take_out(block)
        return
    moved = Step(parent.sort, parent.group, step.item)
    follower = _replace_from(block, step, (moved,), drop=parent)
    while follower.isValid() and parent in path_at(follower):
        # Younger brothers become children: they stand below it, and must stay deeper.
        change(follower, path=_replaced(path_at(follower), parent, (moved,)))
        follower = follower.next()


def _take_out(block: QTextBlock) -> None:
    """End the list for one block; other blocks of its item come out with it."""
    step = item_at(block)
    if step is None:
        return
    if not begins_item(block):
        block = _first_block(block, step)
    task = task_at(block)
    _replace_from(block, step, ())
    if task:
        change(block, task="")


def _change_sort(blocks: list[QTextBlock], sort: str) -> None:
    groups: dict[int, int] = {}
    for block in blocks:
        step = item_at(block)
        if step and step.sort != sort:
            group = groups.setdefault(step.group, fresh_id())
            _replace_from(_first_block(block, step), step, (Step(sort, group, step.item),))


def _put_in(blocks: list[QTextBlock], sort: str) -> None:
    before = blocks[0].previous()
    outer = path_at(blocks[0])
    group = _open_group(path_at(before) if before.isValid() else (), outer, sort)
    for block in blocks:
        if item_at(block) is None:
            path = (*path_at(block), Step(sort, group, fresh_id()))
            change(block, kind=Kind.PARAGRAPH, level=0, path=path)
    _join_follower(blocks[-1], len(outer), sort, group)


def _open_group(before: Path, outer: Path, sort: str) -> int:
    """The list right before, or a new one."""
    depth = len(outer)
    if len(before) > depth and before[:depth] == outer and before[depth].sort == sort:
        return before[depth].group
    return fresh_id()


def _join_follower(block: QTextBlock, depth: int, sort: str, group: int) -> None:
    """A list of the same sort right below becomes part of this one: Markdown has no border."""
    follower = block.next()
    path = path_at(follower) if follower.isValid() else ()
    if len(path) <= depth or path[depth].sort != sort or path[:depth] != path_at(block)[:depth]:
        return
    old = path[depth].group
    while follower.isValid():
        path = path_at(follower)
        if len(path) <= depth or path[depth].group != old:
            return
        step = path[depth]
        change(follower, path=_replaced(path, step, (Step(sort, group, step.item),)))
        follower = follower.next()


def _replace_from(
    block: QTextBlock, step: Step, steps: Path, drop: Step | None = None
) -> QTextBlock:
    """Replace a step in all blocks of an item from this one on; the block after them."""
    while block.isValid() and step in path_at(block):
        path = _replaced(path_at(block), step, steps)
        if drop is not None:
            path = tuple(other for other in path if other != drop)
        change(block, path=path)
        block = block.next()
    return block


def _replaced(path: Path, step: Step, steps: Path) -> Path:
    at = path.index(step)
    return (*path[:at], *steps, *path[at + 1 :])
