"""Texts with all that their files say about them, without a database."""

import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.publishing.manuscript import Manuscript

WRITTEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MARKDOWN_FILES = Path(__file__).parents[1] / "data" / "markdown"


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def drawn_png(width: int = 8, height: int = 8) -> bytes:
    """An image that can be drawn: one colour."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\x33\x66\xcc" * width) * height
    parts = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


CUP = drawn_png()

# All that a text can have, in the languages that are hard.
RICH = """# Grüße aus Köln 🎉

Ein **fetter**, *kursiver*, ~~alter~~ und `fester` Satz mit [Verweis](https://example.org/a?b=1&c=2).

- eins
  - eins eins
    - eins eins eins
- zwei

  Noch ein Absatz.

3. drei
4. vier
   1. vier eins

- [x] erledigt
- [ ] offen

> Ein Zitat[^1], und noch einmal[^1].

| Name | Preis |
|:-----|------:|
| 日本語 | 39 € |
| שלום | **7** |

```python
def f(x):
\treturn x < 1 & "ok"
```

## 日本市場への参入

私たちは**製品**を発売します。한국어도 있습니다。

## بالعربية

نكتب نصوصا واضحة مع English في الوسط.

![Eine Tasse](assets/cup.png)

Coffee costs 40 cents[1]. It is fresh[2], and cheap[1].

---

**Sources**

- [1] prices.pdf, page 2, characters 0–60
- [2] survey.pdf, characters 10–70

[^1]: Die Fußnote mit [Ziel](https://example.org/note).
"""


def make_manuscript(folder: Path, markdown: str = RICH, **values: Any) -> Manuscript:
    """A published article of `markdown`; its images are in `folder`."""
    told: dict[str, Any] = {
        "content_type": ContentType.BLOG,
        "title": "Grüße aus Köln",
        "markdown": markdown,
        "folder": folder,
        "name": "grusse-aus-koln",
        "description": "Was der Kaffee kostet.",
        "slug": "koeln",
        "language": "de",
        "keywords": ("Kaffee", "Büro"),
        "word_count": 80,
        "written": WRITTEN,
        "changed": WRITTEN,
    }
    return Manuscript(**{**told, **values})


HOSTILE_TITLE = (
    '../../etc/passwd</title></script><script>alert(1)</script>: "x"\n---\ndraft: false #'
)
HOSTILE = r"""# </h1><script>alert(1)</script> #panic("owned") {{< readfile "/etc/passwd" >}}

<script>alert(1)</script>
<iframe src="https://evil.example/x"></iframe>

<img src=x onerror=alert(1)> and <b onclick="x()">bold</b> and #read("/etc/passwd") $x$ @ref \link

[click](javascript:alert(1)) [again](JaVaScRiPt:alert(1)) [data](data:text/html,<script>1</script>)
[tab](<java	script:alert(1)>) [file](file:///etc/passwd) [unc](<\\evil\share>)
[host](//evil.example/x)
[quote](<https://example.org/"onmouseover="alert(1)>) [entity](&#106;avascript:alert(1))

![pixel](https://evil.example/pixel.png) ![out](assets/../../secret.png) ![abs](/etc/passwd)
![file](file:///etc/passwd) ![svg](data:image/svg+xml,<svg/onload=alert(1)>)

| <script>1</script> | `=cmd|' /C calc'!A0` |
|---|---|
| {{% evil %}} | #import "@preview/evil:1.0.0" |

```"><script>alert(1)</script>
#panic("owned") </code></pre><script>alert(1)</script>
```

Text with a NUL-like \u0001 and a bell  and right-to-left ‮override.
"""
