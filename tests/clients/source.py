"""What the dossier says, read without the program under test: PyYAML for the file, markdown-it for its texts."""

import html
import re
import unicodedata

import yaml
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def load(path):
    # BaseLoader leaves every scalar a string: YAML 1.1 would turn a range of hours into a number.
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, yaml.BaseLoader)


def strip_html(text):
    text = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.S)
    # An inline tag must not split a word, a block must not join two.
    text = re.sub(r"</?(a|b|i|u|em|strong|code|span|mark|sub|sup)\b[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def normal(text):
    """One form for what typography may change: quotes, spaces, ligatures, invisible characters."""
    text = unicodedata.normalize("NFKC", text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}))
    # Directional marks among them: Poppler puts its own round words from right to left.
    text = re.sub("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", "", text)
    return " ".join(text.split())


def unmarked(rendered):
    """Without the signs of ==marked words==; code keeps its operators."""
    pieces = re.split(r"(<code\b.*?</code>)", rendered, flags=re.S)
    pieces[::2] = [re.sub(r"(?<![=!<>])==(?=[^\s=])(.+?)(?<![\s=!<>])==(?!=)", r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)


def plain(markdown):
    return normal(strip_html(unmarked(MARKDOWN.render(markdown))))


def item_texts(item):
    """The texts of one question, concept, story or outline, in file order, as Markdown."""
    if isinstance(item, str):
        return [item]
    if isinstance(item, list):
        return [text for child in item for text in item_texts(child)]
    if "question" in item or "concept" in item:
        shown = ("question", "answer", "concept", "explanation", "example")
        return [item[key] for key in item if key in shown]
    return [text for label, child in item.items() for text in [label, *item_texts(child)]]


def items(dossier, part):
    """(topic, first text of the item) for each question, concept or question to ask."""
    return [(topic, item_texts(item)[0]) for topic, entries in dossier.get(part, {}).items() for item in entries]


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
