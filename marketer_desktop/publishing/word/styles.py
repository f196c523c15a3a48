"""The styles of our Word files: the template's, with what it lacks."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from marketer_desktop.publishing.word.xml import element

CODE, CODE_WORDS, LINK, NOTE, NOTE_MARK = (
    "Code",
    "CodeWords",
    "Hyperlink",
    "FootnoteText",
    "FootnoteReference",
)
_FIXED_WIDTH = "Consolas"
# What Word takes for characters that the font of the text does not have.
_EASTERN = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "ko": "Malgun Gothic"}
_ANY_EASTERN = "Microsoft YaHei"
_LEFTWARD = "Arial"


def prepare(document: WordDocument, language: str) -> None:
    """Set the page, the languages, and the styles that the template lacks."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    _set_defaults(document, language)
    _add_styles(document)


def _set_defaults(document: WordDocument, language: str) -> None:
    """The language of the text, and fonts for every script in it."""
    look = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert look is not None  # the template has it
    fonts, tongue = look.find(qn("w:rFonts")), look.find(qn("w:lang"))
    assert fonts is not None and tongue is not None
    tongue.set(qn("w:val"), language)
    tongue.set(qn("w:eastAsia"), language if language[:2] in _EASTERN else "zh-CN")
    fonts.set(qn("w:eastAsia"), _EASTERN.get(language[:2], _ANY_EASTERN))
    fonts.set(qn("w:cs"), _LEFTWARD)
    for theme in ("w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _add_styles(document: WordDocument) -> None:
    styles = document.styles
    code = styles.add_style(CODE, WD_STYLE_TYPE.PARAGRAPH)
    code.base_style, code.font.name, code.font.size = styles["Normal"], _FIXED_WIDTH, Pt(9)
    code.element.get_or_add_pPr().append(element("shd", val="clear", fill="F3F4F6"))
    words = styles.add_style("Code Words", WD_STYLE_TYPE.CHARACTER)
    words.font.name = _FIXED_WIDTH
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x1D, 0x4E, 0xD8), True
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size = styles["Normal"], Pt(9)
    note.paragraph_format.space_after = Pt(2)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    for style, name in ((words, CODE_WORDS), (note, NOTE), (mark, NOTE_MARK)):
        style.element.set(qn("w:styleId"), name)
