"""Number the paragraphs of a Word document as Word does: the numbers are not in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from auditgraph.loaders.readers.numbering import label_of

__all__ = ["Lists", "attribute", "child", "lists_of", "local"]

Element = etree._Element
_LEVEL = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def local(element: Element) -> str:
    """Return an element's name without its namespace: transitional and strict documents differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of that name, and of it the first child of the next name, and so on."""
    for name in names:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without a namespace, or an empty string."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int = -1  # the level (from 1) after which it starts again; -1: any higher one; 0: never
    legal: bool = False


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has counted.

    `levels` by number and level, `abstract` the definition a number refers to (lists of one definition count
    on together), `restarts` where a number begins anew, `styles` the number and level that a style gives.
    """

    levels: dict[str, dict[int, _Level]]
    abstract: dict[str, str]
    restarts: dict[str, dict[int, int]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """Return what Word prints before the next paragraph, given its properties (`w:pPr`), and count it."""
        number, level = self._number(properties)
        levels = self.levels.get(number)
        if not levels or level not in levels:
            return ""
        counts = self.counts.setdefault(self.abstract[number], {})
        if level in self.restarts.get(number, {}) and (number, level) not in self.begun:
            self.begun.add((number, level))
            counts[level] = self.restarts[number][level]
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [d for d in counts if d > level]:
            restart = levels[deeper].restart if deeper in levels else -1
            if restart == -1 or level < restart:
                del counts[deeper]
        return self._written(levels, level, counts)

    def _number(self, properties: Element | None) -> tuple[str, int]:
        given = child(properties, "numPr")
        style = self.styles.get(attribute(child(properties, "pStyle"), "val"), ("", 0))
        number = attribute(child(given, "numId"), "val") or style[0]
        level = attribute(child(given, "ilvl"), "val")
        return number, int(level) if level.isdigit() else style[1]

    def _written(self, levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
        here = levels[level]
        if here.style == "bullet":
            return _PRIVATE.sub("•", here.text).strip()

        def count(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            style = levels[other].style if other in levels else "decimal"
            if here.legal and style not in ("none", "bullet"):
                style = "decimal"
            return label_of(style, counts.get(other, levels[other].start if other in levels else 1))

        return "" if here.style == "none" and "%" not in here.text else _LEVEL.sub(count, here.text).strip()


def lists_of(numbering: Element | None, styles: Element | None) -> Lists:
    """Return the lists that a document's numbering and styles define (either part may be missing)."""
    by_style = dict(_numbered_styles(styles))
    abstracts: dict[str, dict[int, _Level]] = {}
    style_levels: dict[tuple[str, str], int] = {}  # a definition may name the level of a style
    links: dict[str, str] = {}
    for definition in _children(numbering, "abstractNum"):
        key = attribute(definition, "abstractNumId")
        abstracts[key] = {}
        links[key] = attribute(child(definition, "numStyleLink"), "val")
        for level in _children(definition, "lvl"):
            at = _int(attribute(level, "ilvl"), 0)
            abstracts[key][at] = _level(level)
            if style := attribute(child(level, "pStyle"), "val"):
                style_levels[key, style] = at
    lists = Lists({}, {}, {}, {})
    numbers = list(_children(numbering, "num"))
    refers = {attribute(n, "numId"): attribute(child(n, "abstractNumId"), "val") for n in numbers}
    for number in numbers:
        key = attribute(number, "numId")
        definition_key = refers[key]
        if linked := links.get(definition_key):  # the levels are where the list style's own number has them
            definition_key = refers.get(by_style.get(linked, ("", None))[0], definition_key)
        levels = dict(abstracts.get(definition_key, {}))
        for override in _children(number, "lvlOverride"):
            at = _int(attribute(override, "ilvl"), 0)
            if (own := child(override, "lvl")) is not None:
                levels[at] = _level(own)
            if start := attribute(child(override, "startOverride"), "val"):
                lists.restarts.setdefault(key, {})[at] = _int(start, 1)
                levels[at] = replace(levels.get(at, _Level()), start=_int(start, 1))
        lists.levels[key] = levels
        lists.abstract[key] = definition_key
    for style, (number_key, given) in by_style.items():
        at = style_levels.get((lists.abstract.get(number_key, ""), style), given or 0)
        lists.styles[style] = (number_key, at)
    return lists


def _level(element: Element) -> _Level:
    return _Level(
        start=_int(attribute(child(element, "start"), "val"), 1),
        style=attribute(child(element, "numFmt"), "val") or "decimal",
        text=attribute(child(element, "lvlText"), "val"),
        restart=_int(attribute(child(element, "lvlRestart"), "val"), -1),
        legal=child(element, "isLgl") is not None,
    )


def _numbered_styles(styles: Element | None) -> Iterator[tuple[str, tuple[str, int | None]]]:
    """Yield the styles that number their paragraphs, by themselves or by the styles they are based on."""
    bases: dict[str, str] = {}
    own: dict[str, tuple[str, int | None]] = {}
    for style in _children(styles, "style"):
        key = attribute(style, "styleId")
        bases[key] = attribute(child(style, "basedOn"), "val")
        given = child(style, "pPr", "numPr")
        if number := attribute(child(given, "numId"), "val"):
            level = attribute(child(given, "ilvl"), "val")
            own[key] = (number, int(level) if level.isdigit() else None)
    for key in bases:
        at, seen = key, set()
        while at and at not in own and at not in seen:
            seen.add(at)
            at = bases.get(at, "")
        if at in own:
            yield key, own[at]


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (e for e in element if local(e) == name) if element is not None else iter(())


def _int(value: str, default: int) -> int:
    try:
        return int(value)
    except ValueError:
        return default
