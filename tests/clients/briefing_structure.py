"""Reads what lies behind the pages of the briefings of one dossier: tags, links, outline, metadata, text.

usage: briefing_structure.py DOSSIER.yaml BRIEFING.LAYOUT.PAPER.pdf...
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import datetime
from pathlib import Path

import pikepdf
import pymupdf
import pypdf
from reading import find, fits, sections, seen, words
from report import Report
from source import load

WHOLE = ["briefing"]  # layouts that hold all of the dossier, in its order
MARGIN = 60  # points at the top and bottom of a page that hold only its header and footer
HEADINGS = re.compile(r"/H[1-6]?$")
# A letter from right to left, or whatever stands between two of them.
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
CLAIMS = re.compile(r"pdfaid|pdfxid|pdfvtid|GTS_PDF", re.I)  # of PDF/UA, see briefing_checkers.py
# Info beside XMP (ISO 32000-1, 14.3.3; XMP specification part 1, 8.4; part 2, 3.1)
XMP = "{http://ns.adobe.com/xap/1.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SAME = {
    "Title": f"{DC}title",
    "Author": f"{DC}creator",
    "Creator": f"{XMP}CreatorTool",
    "Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "CreationDate": f"{XMP}CreateDate",
    "ModDate": f"{XMP}ModifyDate",
}


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Briefing:
    def __init__(self, path, dossier):
        self.path, self.dossier = path, dossier
        self.label = Path(path).stem.split(".", 1)[1]
        self.layout = self.label.split(".")[0]
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.pages = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        self.poppler = tool("pdftotext", path, "-")
        # In the order of drawing: laying words out, Poppler takes a lone "1 h" for one word, and the dash behind a word
        # from right to left for a part of it.
        self.drawn = tool("pdftotext", "-raw", path, "-")
        self.packet = self.root.Metadata.read_bytes().decode()
        self.tagged = self.read_tagged()

    def read_tagged(self):
        """The text of the structure tree. Poppler quotes pieces of marked content, each on a line of its own; what no
        other block comes between is one text."""
        text = ""
        for line in map(str.strip, tool("pdfinfo", "-struct-text", self.path).splitlines()):
            if line.startswith('"'):
                text += line[1:-1]
            elif not re.search(r"\(inline\)|^Object |^/", line):
                text += "\n"
        return text

    def annotations(self):
        """(page number, annotation)"""
        for number, page in enumerate(self.pdf.pages, 1):
            for annotation in page.get("/Annots", []):
                yield number, annotation

    def outline(self, node=None, depth=1):
        """(depth, item) in order; follows /Next and checks nothing."""
        item = (node if node is not None else self.root.get("/Outlines", {})).get("/First")
        while item is not None:
            yield depth, item
            yield from self.outline(item, depth + 1)
            item = item.get("/Next")

    def destination(self, item):
        """The page a link or outline item leads to and how far from the lower edge, or None."""
        target = item.get("/Dest")
        if target is None and "/A" in item and item.A.get("/S") == "/GoTo":
            target = item.A.get("/D")
        if isinstance(target, pikepdf.Name):
            target = self.root.get("/Dests", {}).get(str(target))
        elif isinstance(target, pikepdf.String):
            target = pikepdf.NameTree(self.root.Names.Dests).get(str(target)) if "/Names" in self.root else None
        if isinstance(target, pikepdf.Dictionary):
            target = target.D
        if not isinstance(target, pikepdf.Array) or target[0].objgen not in self.pages:
            return None
        return self.pages[target[0].objgen], target[3] if target[1] == "/XYZ" else None

    def strips(self):
        """The words of headers and footers."""
        found = []
        for number, page in enumerate(self.pdf.pages, 1):
            width, height = (round(float(side)) + 1 for side in page.mediabox[2:4])
            for top in (0, height - MARGIN):
                found += words(tool("pdftotext", "-f", str(number), "-l", str(number), "-x", "0", "-y", str(top), "-W", str(width), "-H", str(MARGIN), self.path, "-"))
        return found


def kids(node):
    found = node.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def shown(annotation):
    return str(annotation.get("/Contents", "")) or str(annotation.get("/Rect"))


# Each check yields what is wrong, and nothing if all is well.


def described(briefing):
    for page, annotation in briefing.annotations():
        if not str(annotation.get("/Contents", "")).strip():
            yield f"page {page}: {annotation.get('/Rect')}"


def tagged(briefing):
    """ISO 14289-1, 7.18.5: from the annotation to its Link element, and back through an object reference."""
    parents = pikepdf.NumberTree(briefing.root.StructTreeRoot.ParentTree)
    for page, annotation in briefing.annotations():
        key = annotation.get("/StructParent")
        element = parents.get(int(key)) if key is not None else None
        back = element is not None and any(isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" and kid.Obj.objgen == annotation.objgen for kid in kids(element))
        if not back or element.S != "/Link":
            yield f"page {page}: {shown(annotation)}"


def leading(briefing):
    """A destination in the file, or an address with a scheme."""
    for page, annotation in briefing.annotations():
        if "/A" in annotation and annotation.A.get("/S") == "/URI":
            good = re.match(r"(https?://|mailto:|tel:)\S+$", str(annotation.A.URI))
        else:
            good = briefing.destination(annotation)
        if not good:
            yield f"page {page}: {shown(annotation)}"


def named(briefing):
    """Links inside the file go by name, so that another edition of it can be linked to as well."""
    for page, annotation in briefing.annotations():
        if "/Dest" in annotation and not isinstance(annotation.Dest, (pikepdf.Name, pikepdf.String)):
            yield f"page {page}: {shown(annotation)}"


def single(briefing):
    """An entry of the contents is one link: heading and page number are no two stops for a keyboard."""
    def entries(node):
        for kid in kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from [kid] if kid.S == "/TOCI" else entries(kid)

    for entry in entries(briefing.root.StructTreeRoot):
        links = [kid for kid in kids(entry) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Link"]
        areas = [kid for link in links for kid in kids(link) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]
        if len(links) != 1 or len(areas) != 1:
            yield f"{len(links)} links with {len(areas)} areas"


def tabbed(briefing):
    """ISO 14289-1, 7.18.3: from link to link in the order of the structure."""
    yield from (f"page {number}" for number, page in enumerate(briefing.pdf.pages, 1) if page.get("/Tabs") != "/S")


def placed(briefing):
    for page, annotation in briefing.annotations():
        left, bottom, right, top = (float(side) for side in annotation.Rect)
        box = [float(side) for side in briefing.pdf.pages[page - 1].mediabox]
        if not (box[0] <= left < right <= box[2] and box[1] <= bottom < top <= box[3]):
            yield f"page {page}: {shown(annotation)} at {left:.0f} {bottom:.0f} {right:.0f} {top:.0f}"


def nested(briefing):
    depths = {depth for depth, _ in briefing.outline()}
    if briefing.layout in WHOLE and len(depths) < 2:
        yield f"depths {sorted(depths)}"


def chained(briefing):
    """ISO 32000-1, table 153: every item knows its neighbours, its parent and how many stand below it."""
    def below(parent):
        items, item = [], parent.get("/First")
        while item is not None:
            items.append(item)
            item = item.get("/Next")
        for before, item in zip([None, *items], items):
            title = str(item.Title)
            if item.Parent.objgen != parent.objgen:
                yield f"{title}: parent"
            if (item.get("/Prev").objgen if "/Prev" in item else None) != (before.objgen if before is not None else None):
                yield f"{title}: previous"
            yield from below(item)
        if items and parent.Last.objgen != items[-1].objgen:
            yield "the last of its siblings"
        if abs(int(parent.get("/Count", 0))) < len(items) or ("/Count" in parent and not items):
            yield f"{parent.get('/Title', 'outline')}: counts {parent.get('/Count', 0)} of {len(items)}"

    if "/Outlines" in briefing.root:
        yield from below(briefing.root.Outlines)


def arriving(briefing):
    """Every outline item leads to a page, a little above its heading, and names the heading's element."""
    heights = [float(page.mediabox[3]) for page in briefing.pdf.pages]
    for _, item in briefing.outline():
        found = briefing.destination(item)
        if found is None or (found[1] is not None and not 0 < found[1] <= heights[found[0] - 1] + 1):
            yield f"{item.Title}: leads nowhere"
        elif "/SE" in item and not HEADINGS.match(str(item.SE.S)):
            yield f"{item.Title}: {item.SE.S} is no heading"


def numbered(briefing):
    labels = pypdf.PdfReader(briefing.path).page_labels
    if "/PageLabels" not in briefing.root:
        yield "no /PageLabels"
    yield from (f"page {number} is called {label}" for number, label in enumerate(labels, 1) if label != str(number))


def spoken(briefing):
    if str(briefing.root.get("/Lang", "")) != briefing.dossier.get("language", "en"):
        yield f"/Lang is {briefing.root.get('/Lang')}"


def titled(briefing):
    preferences = briefing.root.get("/ViewerPreferences", {})
    if not preferences.get("/DisplayDocTitle", False):
        yield "/DisplayDocTitle is not true"
    direction = "/R2L" if briefing.dossier.get("language", "en").split("-")[0] in ("ar", "fa", "he", "ur") else "/L2R"
    if preferences.get("/Direction") != direction:
        yield f"/Direction is {preferences.get('/Direction')}"


def described_twice(briefing):
    """ISO 32000-1, 14.3.3: what both have, both say alike."""
    tree = ElementTree.fromstring(briefing.packet.encode())
    info = {key[1:]: str(value) for key, value in briefing.pdf.docinfo.items()}
    for key, name in SAME.items():
        both = info.get(key), "".join(tree.find(f".//{name}").itertext()).strip() if tree.find(f".//{name}") is not None else None
        if key.endswith("Date"):
            same = None not in both and datetime.strptime(both[0].replace("'", ""), "D:%Y%m%d%H%M%S%z") == datetime.fromisoformat(both[1])
        else:
            same = both[0] == both[1] and (both[0] or key == "Author")
        if not same:
            yield f"{key}: {both[0]} and {both[1]}"
    language = "".join(tree.find(f".//{DC}language").itertext()).strip()
    if language != str(briefing.root.Lang):
        yield f"language: {briefing.root.Lang} and {language}"


def claims(briefing):
    yield from CLAIMS.findall(briefing.packet)
    yield from (key for key in briefing.pdf.docinfo if CLAIMS.search(key))


def paginated(briefing):
    """ISO 14289-1, 7.8: running headers and footers are pagination artifacts with a subtype. Cards have none: what is near the
    edge of their sheets is the question again, on the second card of a long answer."""
    if briefing.layout == "cards":
        return
    for number, page in enumerate(briefing.pdf.pages, 1):
        height, open_, y = float(page.mediabox[3]), [], 0
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BMC":
                    open_.append((str(operands[0]), {}))
                case "BDC":
                    open_.append((str(operands[0]), operands[1]))
                case "EMC":
                    open_.pop()
                case "BT":
                    y = 0
                case "Td":
                    y += float(operands[1])
                case "Tm":
                    y = float(operands[5])
                case "TJ" | "Tj" if not MARGIN < y < height - MARGIN:
                    for name, properties in open_:
                        if name == "/Artifact" and (properties.get("/Type") != "/Pagination" or properties.get("/Subtype") not in ("/Header", "/Footer")):
                            yield f"page {number}: {'header' if y > MARGIN else 'footer'} {dict(properties)}"


def kept(briefing):
    """Every word of the pages is in the structure, whether apart or glued to another."""
    joined, strips = "".join(words(briefing.tagged)), set(briefing.strips())
    yield from dict.fromkeys(word for word in counted(briefing.drawn) if word not in joined and word not in strips)


def apart(briefing):
    """ISO 32000-1, 14.8.2.5: spaces between words are characters of the text, at the ends of lines too."""
    drawn = counted(briefing.drawn)
    yield from dict.fromkeys(word for word in counted(briefing.tagged) if word not in drawn)


def ordered(briefing):
    text, position = words(briefing.tagged), 0
    for name, section in sections(briefing.dossier) if briefing.layout in WHOLE else ():
        found, lost = find(section, text, position)
        if fits(found, section):
            position = found[1]
        else:
            yield f"{name}: {seen(found, lost)}"


def counted(text):
    """Words, and the letters of those from right to left: Poppler parts a word at each step to the left that is an
    operator of its own, as it is between two fonts (letters that no font has are in several)."""
    return Counter(part for word in words(text) for part in RIGHT_TO_LEFT.findall(word))


def agreed(briefing):
    """Poppler, MuPDF and pypdf, each with its own reading of ToUnicode."""
    counts = counted(briefing.drawn)
    with pymupdf.open(briefing.path) as file:
        others = {"MuPDF": "\n".join(page.get_text() for page in file)}
    others["pypdf"] = "\n".join(page.extract_text() for page in pypdf.PdfReader(briefing.path).pages)
    for name, text in others.items():
        other = counted(text)
        yield from (f"{name} has no `{word}`" for word in counts - other)
        yield from (f"only {name} has `{word}`" for word in other - counts)


def readable(briefing):
    """Ligatures come back as letters; nothing is from the private use areas, a control or a replacement."""
    odd = re.findall(r"[\ufb00-\ufb06\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0e-\x1f\x7f]", briefing.poppler)
    yield from (f"U+{ord(one):04X}, {count} times" for one, count in Counter(odd).items())


def soft(briefing):
    """A hyphen that only the end of a line has put there is a soft one (ISO 32000-1, 14.8.2.2.3)."""
    known = {word for _, section in sections(briefing.dossier) for word in section}
    for first, second in re.findall(r"(\w+)[-\u2010]\n(\w+)", briefing.poppler):
        if first + second in known and first not in known:
            yield f"{first}-{second}"


CHECKS = [
    ("every link has a description", described),
    ("every link has a Link element that refers to it", tagged),
    ("every link leads somewhere", leading),
    ("every link lies on its page", placed),
    ("links inside the file go by name", named),
    ("each entry of the contents is one link", single),
    ("the keyboard goes in the order of the structure", tabbed),
    ("the outline is nested", nested),
    ("the outline's items know their neighbours", chained),
    ("the outline leads to headings", arriving),
    ("page labels count from 1", numbered),
    ("the language is the dossier's", spoken),
    ("viewers show the title and know the direction", titled),
    ("XMP and Info say the same", described_twice),
    ("nothing claims PDF/A or PDF/X", claims),
    ("headers and footers are pagination artifacts", paginated),
    ("the structure holds every word of the pages", kept),
    ("the structure glues no words together", apart),
    ("the structure reads in the dossier's order", ordered),
    ("poppler, MuPDF and pypdf read the same words", agreed),
    ("every character comes back as itself", readable),
    ("hyphens at the end of lines are soft", soft),
]


def main():
    dossier = load(sys.argv[1])
    briefings = [Briefing(path, dossier) for path in sys.argv[2:]]
    report = Report(f"structure of {Path(sys.argv[1]).stem}")
    for what, check in CHECKS:
        report.none(what, [f"{briefing.label}: {wrong}" for briefing in briefings for wrong in check(briefing)])
    report.close()


main()
