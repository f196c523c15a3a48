"""Sealed secrets: opened with the same secret for the same thing, and for nothing else."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from marketer_desktop.system.encryption import CannotOpen, opened, sealed

KEY = "sk-test-äöü-0123456789"


def test_what_was_sealed_is_opened_and_looks_different_every_time() -> None:
    first, second = sealed(KEY, b"secret", "7:openai"), sealed(KEY, b"secret", "7:openai")
    assert first != second
    assert KEY not in first
    assert opened(first, b"secret", "7:openai") == opened(second, b"secret", "7:openai") == KEY


@pytest.mark.parametrize(
    ("secret", "about"),
    [(b"other", "7:openai"), (b"secret", "8:openai"), (b"secret", "7:mistral"), (b"", "7:openai")],
)
def test_for_anything_else_it_stays_closed(secret: bytes, about: str) -> None:
    with pytest.raises(CannotOpen):
        opened(sealed(KEY, b"secret", "7:openai"), secret, about)


def test_any_changed_byte_is_noticed() -> None:
    raw = urlsafe_b64decode(sealed(KEY, b"secret", "7:openai"))
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(CannotOpen):
            opened(urlsafe_b64encode(changed).decode(), b"secret", "7:openai")


@pytest.mark.parametrize("kept", ["", "AQ==", "sk-in-the-clear", "ä", "A" * 40])
def test_what_was_never_sealed_is_refused(kept: str) -> None:
    with pytest.raises(CannotOpen):
        opened(kept, b"secret", "7:openai")


def test_the_longest_key_fits_into_its_column() -> None:
    assert len(sealed("k" * 300, b"secret", "2147483647:anthropic")) <= 500
