"""Images are known by what they are, not by their names."""

import pytest

from marketer_desktop.domain.images import EXTENSIONS, image_type


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"RIFF....WAVEfmt ", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"MZ\x90\x00", None),
        (b"", None),
    ],
)
def test_an_image_is_recognised(data: bytes, kind: str | None) -> None:
    assert image_type(data) == kind
    assert kind is None or kind in EXTENSIONS
