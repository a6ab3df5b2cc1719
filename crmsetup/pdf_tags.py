"""What WeasyPrint 70 tags badly, mended: PDF/UA asks for more than it writes.

- Running heads are painted as marked content that no tag owns: they become pagination artifacts.
- A `th` in a table with row heads may lose its scope: the first row's are columns, the others rows.
- Link annotations lack the print flag.
- Empty spans are taken out of the tag tree.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

PRINT = 4  # bit 3 of an annotation's flags, ISO 32000-1 table 165


def mended(pdf_bytes: bytes) -> bytes:
    """The same document with its tags put right."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        _drop_empty(document)
        for table in _elements(document, "/Table"):
            _give_scope(table)
        owned = _owned_content(document)
        for number, page in enumerate(pdf.pages):
            _heads_to_artifacts(pdf, page, owned.get(page.objgen, set()), number)
            for annotation in page.get("/Annots", []):
                annotation.F = int(annotation.get("/F", 0)) | PRINT
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _children(element: Any) -> list[Any]:
    children = element.get("/K")
    if children is None:
        return []
    return list(children) if isinstance(children, Array) else [children]


def _elements(element: Any, kind: str) -> Iterator[Any]:
    """All structure elements of a kind below (and at) an element."""
    if isinstance(element, Dictionary):
        if element.get("/S") == kind:
            yield element
        for child in _children(element):
            yield from _elements(child, kind)


def _drop_empty(element: Any) -> bool:
    """Takes empty spans out of the tree; tells whether `element` itself is one."""
    if not isinstance(element, Dictionary) or "/S" not in element:
        return False
    children = _children(element)
    kept = [child for child in children if not _drop_empty(child)]
    if len(kept) != len(children):
        element.K = Array(kept)
    return not kept and Name.Span == element.S and "/Alt" not in element and "/ActualText" not in element


def _give_scope(table: Any) -> None:
    for place, row in enumerate(_elements(table, "/TR")):
        for cell in _children(row):
            if cell.get("/S") == Name.TH and not _has_scope(cell):
                scope = Name.Column if place == 0 else Name.Row
                cell.A = Array([*_attributes(cell), Dictionary(O=Name.Table, Scope=scope)])


def _attributes(cell: Any) -> list[Any]:
    attributes = cell.get("/A")
    if attributes is None:
        return []
    return list(attributes) if isinstance(attributes, Array) else [attributes]


def _has_scope(cell: Any) -> bool:
    return any("/Scope" in attribute for attribute in _attributes(cell) if isinstance(attribute, Dictionary))


def _owned_content(element: Any, page: Any = None) -> dict[Any, set[int]]:
    """The numbers of the marked contents that the tag tree owns, by page."""
    owned: dict[Any, set[int]] = {}
    stack = [(element, page)]
    while stack:
        one, page = stack.pop()
        page = one.get("/Pg", page)
        for child in _children(one):
            if isinstance(child, Dictionary):
                if child.get("/Type") == "/MCR":
                    owned.setdefault(child.get("/Pg", page).objgen, set()).add(int(child.MCID))
                else:
                    stack.append((child, page))
            elif page is not None:
                owned.setdefault(page.objgen, set()).add(int(child))
    return owned


def _heads_to_artifacts(pdf: pikepdf.Pdf, page: Any, owned: set[int], number: int) -> None:
    instructions = []
    ownerless: set[int] = set()
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), instruction.operator
        if operator == pikepdf.Operator("BDC") and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
            mcid = int(operands[1].MCID)
            if mcid not in owned:
                ownerless.add(mcid)
                operands = [Name.Artifact, Dictionary(Type=Name.Pagination)]
        instructions.append((operands, operator))
    if ownerless:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
