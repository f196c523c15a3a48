"""The draft of a run block by block: sections are written at once, each stands in its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from marketer_desktop.services.show_draft import Draft

SENTENCE_ENDS = ".!?”\"')"
WRITING = "writing/"
_SPACES = re.compile(r"\s+")
HEADINGS = {"#": "title", "##": "heading", "###": "subheading"}


@dataclass
class Block:
    """One block of text; `style` is `title`, `heading`, `subheading`, `planned` (a heading
    without text yet), `paragraph`, `item`, `rule`, or `note` (what an agent says by the way).
    """

    node: str
    style: str
    text: str

    def write(self, delta: str) -> None:
        """Add what came, with a space where one answer ends and the next begins."""
        parted = self.text[-1:] in SENTENCE_ENDS and delta[:1].isupper()
        if self.text and parted and not self.text[-1].isspace():
            self.text += " "
        self.text += delta if self.text else delta.lstrip()

    def take_back(self, vain: str) -> None:
        """Remove what came last."""
        kept = self.text.removesuffix(vain)
        self.text = self.text.removesuffix(vain.lstrip()) if kept == self.text else kept


class LiveDraft:
    """Put together from what is stored and from what the stream brings."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._early: dict[str, Block] = {}  # what came before the plan was read
        self._note: Block | None = None
        self.is_whole = False

    def load(self, draft: Draft) -> None:
        """Take over what is stored; what the stream brought beyond it stays."""
        if draft.markdown:
            self.is_whole, self._note = True, None
            self._blocks = blocks_of(draft.markdown)
            return
        if self.is_whole:
            self.begin()
        heard = {block.node: block for block in self._blocks} | self._early
        self._early = {}
        self._blocks = [Block(part.node, part.style, part.text) for part in draft.parts]
        for block in self._blocks:
            live = heard.pop(block.node, None)
            if live is not None:
                _keep_longer(block, live.text)
        for node, live in heard.items():
            if draft.parts:
                self._place(node).text = live.text
            else:
                self._early[node] = live

    def begin(self) -> None:
        """Another run writes the text anew."""
        self._blocks, self._early, self._note, self.is_whole = [], {}, None, False

    def write(self, node: str, delta: str) -> None:
        """Take in a piece of the stream."""
        if not delta:  # of an answer that is no text
            return
        if self._note is not None and self._note.node == _waiting(node):
            self._note = None
        if node.startswith(WRITING):
            if not self.is_whole:
                self._place(node).write(delta)
        elif node != "seo_research/title":
            if self._note is None or self._note.node != node:
                self._note = Block(node, "note", "")
            self._note.write(delta)

    def restart(self, node: str, why: str, vain: str) -> None:
        """The text of `node` comes anew, without `vain`; `why` stands there till then."""
        for block in [] if self.is_whole else [*self._blocks, *self._early.values()]:
            if block.node == node:
                block.take_back(vain)
        self._note = Block(_waiting(node), "note", why)

    def step_ended(self) -> None:
        """What was said by the way is of no more interest."""
        self._note = None

    def shown(self) -> list[Block]:
        """The blocks in reading order, without those that are still empty."""
        blocks = [
            Block(block.node, self._style(block), _one_line(block.text))
            for block in self._blocks
            if block.text or block.style == "rule"
        ]
        if self._note is not None:
            blocks.append(replace(self._note, text=_one_line(self._note.text)))
        return blocks

    def _style(self, block: Block) -> str:
        if block.style != "heading" or self.is_whole:
            return block.style
        begun = any(_in(other.node, block.node) and other.text for other in self._blocks)
        return "heading" if begun else "planned"

    def _place(self, node: str) -> Block:
        """The block of `node`, made at the end of its section if the plan has none."""
        found = next((block for block in self._blocks if block.node == node), None)
        if found is not None:
            return found
        if not self._blocks:
            return self._early.setdefault(node, Block(node, "paragraph", ""))
        section = "/".join(node.split("/")[:2])
        places = [
            n for n, b in enumerate(self._blocks) if b.node == section or _in(b.node, section)
        ]
        made = Block(node, "paragraph", "")
        self._blocks.insert(places[-1] + 1 if places else len(self._blocks), made)
        return made


def _one_line(text: str) -> str:
    """A line break inside an answer would end the block on the screen."""
    return _SPACES.sub(" ", text)


def _waiting(node: str) -> str:
    """The place of what is said while `node` has no text."""
    return f"{node}#waiting"


def _in(node: str, section: str) -> bool:
    return node.startswith(f"{section}/")


def _keep_longer(stored: Block, live: str) -> None:
    """A finished answer is stored whole; one under way is only in the stream."""
    if live.startswith(stored.text):
        stored.text = live
    elif live.strip() not in stored.text:
        stored.write(live if stored.text[-1:].isspace() else f" {live.lstrip()}")


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a finished text."""
    blocks: list[Block] = []
    for chunk in markdown.split("\n\n"):
        for style, text in _lines(chunk.strip("\n")):
            blocks.append(Block(f"text/{len(blocks)}", style, text))
    return blocks


def _lines(chunk: str) -> Iterable[tuple[str, str]]:
    mark, _, rest = chunk.partition(" ")
    if not chunk.strip():
        return []
    if mark in HEADINGS:
        return [(HEADINGS[mark], rest)]
    if chunk == "---":
        return [("rule", "")]
    if chunk.startswith("- "):
        return [("item", line.removeprefix("- ")) for line in chunk.split("\n")]
    if chunk.startswith("**") and chunk.endswith("**"):
        return [("subheading", chunk.strip("*"))]
    return [("paragraph", chunk.replace("\n", " "))]
