"""Damaged and hostile archives are refused with a clear word, and nothing is touched."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from marketer_desktop.bootstrap.restore_archive import restore_archive
from marketer_desktop.services.archive_files import FOLDERS
from marketer_desktop.services.make_archive import write_archive
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.archive import reader
from marketer_desktop.storage.archive.manifest import HEAD
from marketer_desktop.storage.backup import BackupError
from marketer_desktop.storage.migration import MigrationError
from tests.factories.archives import Forge, sealed
from tests.factories.table_sums import table_sums

DAMAGED, UNFIT = "is damaged or was cut off", "is not as Marketer Desktop makes its archives"
NOT_OURS, NEWER = "is no archive of Marketer Desktop", "newer version of Marketer Desktop"
NO_ROOM = "There is no room to restore"
DOCUMENT = b"Dear reader, we open at nine.\n" * 40
USERS = """
INSERT INTO users (email, name) SELECT 'u' || n || '@b.example', md5(n::text)
FROM generate_series(1, 50) AS n
"""
PLACES = """
INSERT INTO organizations (name, slug) VALUES ('Acme', 'acme');
INSERT INTO organization_members (organization_id, user_id, role)
SELECT o.id, u.id, 'owner' FROM organizations o, users u
"""


def silent(*told: object) -> None:
    pass


@pytest.fixture
def settings(migrated_url: str, tmp_path: Path) -> Settings:
    """A data folder with people, an image and a setting."""
    folder = tmp_path / "data"
    (folder / "content" / "1" / "assets").mkdir(parents=True)
    (folder / "content" / "1" / "assets" / "cup.png").write_bytes(random.Random(7).randbytes(5000))
    (folder / "content" / "1" / "article.md").write_bytes(DOCUMENT)
    (folder / "settings.json").write_text('{"model": "starter"}', "utf-8")
    with psycopg.connect(migrated_url) as connection:
        connection.execute(USERS)
        connection.execute(PLACES)
    return Settings(data_dir=folder, database_url=migrated_url, model=None)


@pytest.fixture
def whole(settings: Settings, tmp_path: Path) -> bytes:
    """An archive of it."""
    assert settings.database_url
    file = tmp_path / "whole.marketer"
    write_archive(settings.database_url, settings.data_dir, file, silent)
    return file.read_bytes()


def state(settings: Settings) -> tuple[dict[str, tuple[int, str]], dict[str, bytes]]:
    """All rows and all files, but for the lock and the backups."""
    assert settings.database_url
    found = [settings.data_dir / "settings.json"]
    for name in FOLDERS:
        found += (settings.data_dir / name).rglob("*")
    left = {str(file): file.read_bytes() for file in found if file.is_file()}
    left |= {str(folder): b"" for folder in settings.data_dir.glob(".restored-*")}
    return table_sums(settings.database_url), left


def refuses(settings: Settings, file: Path, said: str) -> None:
    with pytest.raises((BackupError, MigrationError)) as refusal:
        restore_archive(settings, file, silent, silent)
    text = str(refusal.value)
    assert said in text
    assert str(file) in text or said == NEWER
    assert "Nothing was changed" in text or said == NOT_OURS
    assert "\n" not in text


def bytes_changed(whole: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Cut, flipped, blanked, moved: each with a seed, so that all places have their turn."""
    draw = random.Random(20_26)
    beginning = 30 + len(HEAD)
    for length in (0, 1, beginning - 1):
        yield f"cut to {length}", whole[:length], NOT_OURS
    for length in (beginning, len(whole) - 1, len(whole) - 64, len(whole) - 200):
        yield f"cut to {length}", whole[:length], DAMAGED
    for place in (draw.randrange(beginning, len(whole)) for _ in range(10)):
        yield f"cut to {place}", whole[:place], DAMAGED
    for place in (draw.randrange(beginning, len(whole)) for _ in range(20)):
        flipped = bytes([whole[place] ^ (1 << draw.randrange(8))])
        yield f"flipped at {place}", whole[:place] + flipped + whole[place + 1 :], DAMAGED
    for place in (draw.randrange(beginning, len(whole) - 600) for _ in range(4)):
        blank = whole[:place] + bytes(512) + whole[place + 512 :]
        yield f"blanked at {place}", blank, DAMAGED
    half = len(whole) // 2
    yield "halves the other way round", whole[half:] + whole[:half], NOT_OURS
    yield "the second half is of another", whole[:half] + whole[:-half], DAMAGED
    yield "more at its end", whole + b"\0", DAMAGED
    yield "more at its beginning", b"\0" + whole, NOT_OURS
    yield "a letter", DOCUMENT, NOT_OURS
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as other:
        other.writestr("word/document.xml", DOCUMENT)
    yield "a ZIP of others", made.getvalue(), NOT_OURS


def test_each_change_of_its_bytes_is_noticed(
    settings: Settings, whole: bytes, tmp_path: Path
) -> None:
    before, file = state(settings), tmp_path / "damaged.marketer"
    cases = list(bytes_changed(whole))
    assert len(cases) >= 45
    for _, damaged, said in cases:
        file.write_bytes(damaged)
        refuses(settings, file, said)
    with pytest.raises(BackupError, match="There is no archive"):
        restore_archive(settings, tmp_path, silent, silent)
    assert state(settings) == before


Change = Callable[[Forge], object]


def listed(**told: object) -> Change:
    """Says something else in the manifest."""
    return lambda forge: forge.manifest.update(told)


def named(name: str, **info: object) -> Change:
    """Brings a member of this name."""
    return lambda forge: forge.add(name, b"x", **info)


def of_rows(forge: Forge, **told: object) -> None:
    """Says something else of the member with the rows of `users`."""
    forge.listed("rows/public.users.copy").update(told)


def with_table(name: str, schema: str = "public") -> Change:
    """Brings rows of a table that no archive has."""

    def bring(forge: Forge) -> None:
        forge.add(f"rows/{schema}.{name}.copy", b"")
        told = {"schema_name": schema, "name": name, "columns": ["id"], "rows": 0}
        forge.manifest["tables"].append(told)

    return bring


def without_table(forge: Forge) -> None:
    forge.take("rows/public.projects.copy")
    forge.unlist("rows/public.projects.copy")
    told = forge.manifest["tables"]
    forge.manifest["tables"] = [each for each in told if each["name"] != "projects"]


def twice(forge: Forge) -> None:
    name = "content/1/article.md"
    forge.members.append((zipfile.ZipInfo(name), DOCUMENT))


def rows_without_their_owner(forge: Forge) -> None:
    """Members of an organization that the archive has no person for."""
    forge.replace("rows/public.users.copy", b"")
    forge.table("users")["rows"] = 0


LINK, FOLDER = 0o120777 << 16, 0o040755 << 16
FORGED: dict[str, tuple[Change, str]] = {
    "no head": (lambda forge: forge.take(HEAD), NOT_OURS),
    "a newer format": (
        lambda forge: forge.members.__setitem__(
            0, (zipfile.ZipInfo(HEAD), b'{"format": 2, "version": "9.0", "more": []}')
        ),
        NEWER,
    ),
    "a head of words": (
        lambda forge: forge.members.__setitem__(0, (zipfile.ZipInfo(HEAD), b"hello")),
        UNFIT,
    ),
    "format 0": (
        lambda forge: forge.members.__setitem__(
            0, (zipfile.ZipInfo(HEAD), b'{"format": 0, "version": "0.1"}')
        ),
        UNFIT,
    ),
    "a newer database": (listed(revision="9999"), NEWER),
    "a revision with blanks": (listed(revision="00 15; --"), UNFIT),
    "tables that are none": (listed(tables=7), UNFIT),
    "more than a manifest says": (listed(run="rm -rf"), UNFIT),
    "a size below nothing": (lambda forge: of_rows(forge, bytes=-1), UNFIT),
    "a digest that is none": (lambda forge: of_rows(forge, sha256="x"), UNFIT),
    "another digest": (lambda forge: of_rows(forge, sha256="0" * 64), DAMAGED),
    "another length": (lambda forge: of_rows(forge, bytes=1), UNFIT),
    "a size that no disk has": (listed(database_bytes=10**18), NO_ROOM),
    "rows are missing": (lambda forge: forge.take("rows/public.users.copy"), UNFIT),
    "an image is missing": (lambda forge: forge.take("content/1/assets/cup.png"), UNFIT),
    "something that is not listed": (
        lambda forge: forge.unlist("content/1/assets/cup.png"),
        UNFIT,
    ),
    "listed twice": (
        lambda forge: forge.manifest["members"].append(forge.manifest["members"][0]),
        UNFIT,
    ),
    "a table listed twice": (
        lambda forge: forge.manifest["tables"].append(forge.manifest["tables"][0]),
        UNFIT,
    ),
    "one name twice": (twice, UNFIT),
    "one name in two cases": (named("content/1/ARTICLE.md"), UNFIT),
    "a way up": (named("../evil.txt"), UNFIT),
    "a way up in the middle": (named("content/1/../../evil.txt"), UNFIT),
    "from the root": (named("/etc/cron.d/evil"), UNFIT),
    "a drive": (named("C:/evil.txt"), UNFIT),
    "backslashes": (named("content/1/..\\..\\evil.txt"), UNFIT),
    "a device": (named("content/1/CON.md"), UNFIT),
    "a hidden file": (named("content/1/.bashrc"), UNFIT),
    "a blank at the end": (named("content/1/article.md "), UNFIT),
    "a line break": (named("content/1/a\nb.md"), UNFIT),
    "a link": (named("content/1/link", external_attr=LINK), UNFIT),
    "a folder": (named("content/1/folder/", external_attr=FOLDER), UNFIT),
    "the password of the database": (named("postgres.password"), UNFIT),
    "a secret": (named("secrets/local-api-token"), UNFIT),
    "another method": (named("content/1/b.md", compress_type=zipfile.ZIP_BZIP2), UNFIT),
    "settings that are none": (lambda forge: forge.replace("settings.json", b"[]"), UNFIT),
    "settings of words": (lambda forge: forge.replace("settings.json", b"model"), UNFIT),
    "a table too few": (without_table, UNFIT),
    "a table of nobody": (with_table("evil"), UNFIT),
    "sign-ins": (with_table("refresh_tokens"), UNFIT),
    "a revision as rows": (with_table("alembic_version"), UNFIT),
    "a column of nobody": (
        lambda forge: forge.table("users")["columns"].append("is_admin"),
        UNFIT,
    ),
    "fewer rows than told": (lambda forge: forge.table("users").update(rows=99), DAMAGED),
    "rows that are none": (
        lambda forge: forge.replace("rows/public.users.copy", b"not\trows\n"),
        DAMAGED,
    ),
    "rows without their owner": (rows_without_their_owner, DAMAGED),
    "a sequence of nobody": (
        lambda forge: forge.manifest["sequences"].append(
            {"schema_name": "public", "name": "evil", "last": 1}
        ),
        DAMAGED,
    ),
}


def test_sealed_archives_that_are_not_as_ours_are_refused(
    settings: Settings, whole: bytes, tmp_path: Path
) -> None:
    before, file = state(settings), tmp_path / "forged.marketer"
    for change, said in FORGED.values():
        forge = Forge(whole)
        change(forge)
        forge.write(file)
        refuses(settings, file, said)
    for manifest in (b"", b"{", b"[]", b"\xff\xfe", b'{"members": []}'):
        Forge(whole).write(file, manifest)
        refuses(settings, file, UNFIT)
    assert state(settings) == before
    assert not list(tmp_path.rglob("evil*"))


def test_what_swells_is_stopped(
    settings: Settings, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member announced with few bytes of which many come, and a manifest that never ends."""
    before, file = state(settings), tmp_path / "bomb.marketer"
    name, size = "content/1/article.md", 64 * 1024 * 1024
    forge = Forge(whole)
    forge.take(name)
    forge.unlist(name)
    forge.add(name, bytes(size), compress_type=zipfile.ZIP_DEFLATED)
    forge.listed(name).update(bytes=10)
    forge.write(file)
    refuses(settings, file, UNFIT)
    # The same lie in the table of contents, too.
    raw = file.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 10))
    file.write_bytes(sealed(raw))
    refuses(settings, file, DAMAGED)
    monkeypatch.setattr(reader, "MOST_BYTES", 1_000_000)
    Forge(whole).write(file, b" " * 1_000_001)
    refuses(settings, file, UNFIT)
    assert state(settings) == before
