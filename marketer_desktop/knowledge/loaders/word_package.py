"""The parts of a Word file that are read: the text, its title and its styles.

python-docx reads and parses all of them at once, pictures too, which takes longer than a text.
"""

import zipfile
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

from docx.opc.constants import RELATIONSHIP_TARGET_MODE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Relationships
from docx.opc.oxml import parse_xml as parse_relationships
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.oxml.document import CT_Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

if TYPE_CHECKING:
    from docx.oxml.coreprops import CT_CoreProperties
    from docx.oxml.xmlchemy import BaseOxmlElement

STYLE, STYLE_ID, NAME, VALUE = qn("w:style"), qn("w:styleId"), qn("w:name"), qn("w:val")


class WordPackage:
    """The file in `archive`; whatever is wrong with a part is raised when that is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._main = self._related(PACKAGE_URI, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def document(self) -> CT_Document | None:
        """The main part; None where it is no Word document."""
        root = self._parsed(self._main) if self._main else None
        return root if isinstance(root, CT_Document) else None

    def title(self) -> str:
        """The title among the properties of the file, empty where there is none."""
        place = self._related(PACKAGE_URI, RELATIONSHIP_TYPE.CORE_PROPERTIES)
        return cast("CT_CoreProperties", self._parsed(place)).title_text if place else ""

    def style_names(self, wanted: Collection[str]) -> dict[str, str]:
        """What the styles with these ids are called, as far as they exist."""
        place = self._related(self._main, RELATIONSHIP_TYPE.STYLES) if self._main else None
        names: dict[str, str] = {}
        if place is None or not wanted:
            return names
        # The headings stand before hundreds of styles for tables: most of these are not read.
        with self._archive.open(place.membername) as file:
            for _, style in etree.iterparse(file, tag=STYLE, resolve_entities=False):
                if (identity := style.get(STYLE_ID)) in wanted:
                    name = style.find(NAME)
                    names.setdefault(identity, "" if name is None else name.get(VALUE, ""))
                style.clear()
                if len(names) == len(wanted):
                    break
        return names

    def _parsed(self, part: PackURI) -> "BaseOxmlElement":
        return parse_xml(self._archive.read(part.membername))

    def _related(self, source: PackURI, kind: str) -> PackURI | None:
        """The part that the part `source` names as its part of this kind."""
        try:
            relationships: Any = self._archive.read(source.rels_uri.membername)  # hinted as text
        except KeyError:
            return None
        for each in cast(CT_Relationships, parse_relationships(relationships)).Relationship_lst:
            if each.reltype == kind and each.target_mode != RELATIONSHIP_TARGET_MODE.EXTERNAL:
                return PackURI.from_rel_ref(source.baseURI, each.target_ref)
        return None
