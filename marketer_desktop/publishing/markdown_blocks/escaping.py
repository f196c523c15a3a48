"""Puts a backslash before the characters of a text that Markdown would take for marks."""

import re

PUNCTUATION = r"!-/:-@\[-`{-~"
ALWAYS = re.compile(
    rf"\\(?=[{PUNCTUATION}\n]|$)"  # a backslash that would escape something
    r"|`"
    r"|(?<!\s)\*|\*(?!\s|$)"  # stars that could open or close
    r"|(?<![^\W_])_|_(?![^\W_])"  # underscores at the edge of a word
    r"|~(?=~)|(?<=~)~"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\](?=[\[(:])"
    r"|!(?=\[)"
)
ALL = re.compile(r"[\\`*_~<&\[\]!#|]")
LINE_START = re.compile(
    r"(?P<hash>#{1,6}(?=\s|$))|(?P<quote>>)|(?P<bullet>[-+*](?=\s|$))"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|(?P<fence>~{3,})"
    r"|(?P<rule>[-=_](?=[-=_\s|:]*$))|(?P<note>\[(?=\^[^\]\s]+\]:))|(?P<table>[:|](?=[-:|\s]*$))"
)


def escaped(text: str, *, thoroughly: bool = False) -> str:
    """`text` with what might be a mark escaped; `thoroughly`: all that ever could be."""
    return (ALL if thoroughly else ALWAYS).sub(lambda match: "\\" + match[0], text)


def escaped_start(line: str) -> str:
    """A line of a paragraph that starts no other block."""
    line = line.lstrip(" \t")
    match = LINE_START.match(line)
    if not match:
        return line
    at = match.start("dot") if match["dot"] else 0
    return f"{line[:at]}\\{line[at:]}"


def destination(target: str) -> str:
    """A link's target as it stands between parentheses."""
    is_plain = target and not re.search(r"[\s<>\x00-\x1f\x7f]", target) and _is_balanced(target)
    if is_plain:
        return target
    return "<" + re.sub(r"([<>\\])", r"\\\1", target.replace("\n", " ")) + ">"


def escaped_alt(text: str) -> str:
    """An image's alternative text as it stands between brackets."""
    return re.sub(r"([\\\[\]])", r"\\\1", " ".join(text.split()))


def shown_alt(written: str) -> str:
    """An alternative text as people read it."""
    return re.sub(rf"\\([{PUNCTUATION}])", r"\1", written)


def title(text: str) -> str:
    """A link's title with the space before it, or nothing."""
    if not text:
        return ""
    return ' "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def code_span(text: str) -> str:
    """Inline code in as many backticks as it needs."""
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    ticks = "`" * next(n for n in range(1, longest + 2) if not _has_run(text, n))
    needs_room = text.startswith("`") or text.endswith("`")
    needs_room |= text.startswith(" ") and text.endswith(" ") and bool(text.strip())
    room = " " if needs_room else ""
    return f"{ticks}{room}{text}{room}{ticks}"


def _has_run(text: str, length: int) -> bool:
    return any(len(ticks) == length for ticks in re.findall("`+", text))


def _is_balanced(target: str) -> bool:
    depth = 0
    for character in target:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
