"""Word gaps that a PDF makes by moving the pen."""

import io

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from marketer_desktop.knowledge.loaders.pdf import load_pdf

SPOKEN = "small teams write better when they share one guide and keep to it"


def _pen_moved_pdf(sentence: str) -> bytes:
    """One page whose words are apart by the pen only: the gap is half of what pypdf waits for."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 400)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Courier"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    words = " -250 ".join(f"({word})" for word in sentence.split())
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 10 Tf 40 300 Td [{words}] TJ ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_gaps_made_by_the_pen_become_spaces() -> None:
    data = _pen_moved_pdf(SPOKEN)
    bare = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert " " not in bare.strip(), "pypdf has learnt it: the second library can go"
    assert load_pdf(data).pages[0].text == SPOKEN
