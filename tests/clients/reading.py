"""Are these words all there, and in this order?"""

import re

from source import item_texts, normal, plain

SECTIONS = ["overview", "fit", "highlights", "company", "questions", "ask", "concepts", "advice", "closing"]


def words(text):
    """Words and signs in order. Hyphens are left out on both sides: whether one at the end of a line
    belongs to the word or to the line break cannot be told from the text alone."""
    text = re.sub(r"(\w)[-\u00ad\u2010]\n\s*", r"\1", text)
    return re.findall(r"\w+|[^\w\s]", re.sub(r"[-\u2010\u2011]", "", normal(text)))


def sections(dossier):
    """(name, its words) for each section of the dossier, in file order."""
    for name in (name for name in dossier if name in SECTIONS):
        yield name, words(" ".join(plain(text) for text in item_texts(dossier[name])))


def find(section, text, start):
    """The shortest stretch of `text` from `start` on that holds the words of `section` in order: (begin, end).
    If there is none, the first word that is nowhere to be found after the others."""
    best, lost = None, (-1, section[0])
    for begin in (i for i in range(start, len(text)) if text[i] == section[0]):
        at = begin
        for number, word in enumerate(section):
            try:
                at = text.index(word, at) + 1
            except ValueError:
                lost = max(lost, (number, " ".join(section[max(0, number - 3) : number + 1])))
                break
        else:
            if best is None or at - begin < best[1] - best[0]:
                best = begin, at
    return best, lost[1]


def fits(found, section):
    """Headers, numbers and labels come in between. Much more than that, and a word was only found in another section."""
    return found is not None and found[1] - found[0] <= 2 * len(section) + 60


def seen(found, lost):
    return f"spread over {found[1] - found[0]} words" if found else f"lost at `{lost}`"
