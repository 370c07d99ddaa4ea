"""The grade of a post and whom it reports to, by the words behind its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.hierarchy import Reference, sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.titles import GRADE, Title
from auditgraph.loaders.sought import sought

__all__ = ["both_report", "further", "grade", "joint_grade", "link", "superiors", "supervised", "together"]

_BRACKETS = r"(?:\s*\([^()]*\)){0,3}"  # more are no title's, and many would take the square of their time
# ", also an Assistant Secretary-General", behind what the post is for: "... for the return of the refugees (ESG)".
_ALSO = rf"(?: for the [a-z][a-z ]+(?:[A-Z]\w+)?)?{_BRACKETS}, also an? "
# ", the incumbent of a P-2 position", ", a P-3 position reporting to"
_POSITION = (
    rf"{_BRACKETS}, (?:(?:the )?(?:incumbent|holder) of )?an? "
    rf"(?P<position>{GRADE})(?:[ -]level)? (?:post|position)\b"
)
# " in Tarsa", " based in Tarsa": where it is.
_WHERE = r"(?:,? (?:based |located )?(?:in|at) (?!the )[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2})?"
# "at the D-1 level", "(P-5)", ", at the Assistant Secretary-General level", ", both at the D-2 level".
_AT_GRADE = re.compile(
    rf"{_BRACKETS}{_WHERE},? (?:both |each |all |also )?(?:graded )?(?:at|with|on) (?:the |an? )?(?P<grade>{GRADE})"
    r" (?:level|grade)"
    rf"|{_BRACKETS}{_WHERE} (?:is|was) (?:(?:graded|classified|encumbered) )?(?:at|on) (?:the )?(?P<is>{GRADE}) level"
    rf"|{_BRACKETS},? (?:at|with|on) (?:the )?(?:level|rank|grade) of (?:an? )?(?P<of>{GRADE})(?![\w-])"
    rf"|{_BRACKETS}, (?:who (?:is|was) )?an? (?P<a>{GRADE})(?: (?:staff member|official))?(?=,)"
    rf"|{_BRACKETS} (?:is|was) (?:graded (?:at )?|an? )(?P<isa>{GRADE})(?: (?:post|position))?(?=[,.;]| and| report)"
    rf"|{_BRACKETS}, (?:who|which|whose (?:post|position)) (?:is|was) (?:graded )?(?:at|on) the "
    rf"(?P<who>{GRADE}) (?:level|grade)"
    rf"|{_BRACKETS} (?:posts?|positions?),? at the (?P<post>{GRADE}) (?:level|grade)"
    rf"|{_BRACKETS} (?:post|position) \((?P<of_post>{GRADE})\)"
    rf"|{_POSITION}"
    rf"|{_ALSO}(?P<also>{GRADE})"
    rf"|\s*(?:\([^()]*\)\s*)?\((?:at )?(?:the )?(?P<short>{GRADE})(?: level)?\)"
    rf"|{_BRACKETS}, (?P<comma>(?:D-?[12]|P-?[1-7]|FS-?[1-7]))(?=[,.;]|$)"
)
_LISTED = re.compile(rf"{_BRACKETS},?(?: and)?(?: the| an?)? ")
_BOTH_AT = re.compile(rf"{_BRACKETS},? (?:both|all|each) at (?:the )?(?P<grade>{GRADE}) level")
_GRADE_BEFORE = re.compile(rf"\b(?P<grade>{GRADE})(?:[ -]level)?(?: posts? of(?: the)?)? $")
_LEVEL = (
    r"(?:,? (?:who (?:is|was) )?(?:both |each |also )?(?:at|with|on) (?:the |an? )?[\w-]+(?: [\w-]+)? (?:level|grade)"
    rf"|, (?:who (?:is|was) )?an? {GRADE}(?: staff member| official)?(?=,))?"
)
# ", who covers eight islands,", ", supported by a deputy (P-3),": what is told of it by the way
_ASIDE = (
    r"(?:, appointed by [^,]+,|, who (?!report|is |was |has |had |in )[a-z][^,.;()]{3,60},"
    r"|, (?:who is )?(?:supported|assisted) by [^,.;()]{3,80}(?:\([^()]*\))?,(?! who\b))?"
)
_SUPERVISION = (
    r"(?:(?:works?|worked|operates?|operated|functions?|is|was|are|were|placed) )*under the "
    r"(?:(?:direct|overall|day-to-day|technical|functional|administrative|general|and) )*supervision of"
)
# What stands between a post and whom it reports to.
_REPORTS = re.compile(
    rf"(?:{_ALSO}{GRADE}|{_POSITION}|(?: post| position)?{_BRACKETS}{_WHERE}{_LEVEL}{_BRACKETS}){_ASIDE},?"
    r"(?: (?:who|and|which|that))?(?: (?:in turn|also|then|directly|and))*,? "
    r"(?:(?:report(?:s|ed|ing)?|(?:is|was) (?:accountable|answerable|responsible)) "
    r"(?:directly |administratively |functionally |technically |operationally |jointly |both )*to"
    r"|report(?:s|ed|ing)?,? (?:through|via)"
    r"|(?:has|had|with) (?:an? )?(?:(?:functional|direct|administrative|dual|secondary|dotted|technical|separate) )*"
    r"reporting lines? to"
    rf"|(?:is |was |are |were )(?:directly )?supervised by|{_SUPERVISION}"
    r") (?:both )?(?:the |an? )?"
)
_MORE = re.compile(
    rf"{_BRACKETS}{_LEVEL},? (?:(?:and|as well as|and also|or|through|via)(?:, [^,.;]{{3,80}},)? |(?=to ))"
    r"(?P<to>(?:functionally |administratively |technically |operationally |directly )*to |"
    r"(?:with )?(?:an? )?(?:(?:functional|technical|dotted|secondary|administrative|direct) )+(?:reporting )?lines? to "
    r")?"
    r"(?P<the>the |an? )?"
)
# "The Chief of Staff is the focal point for claims and reports to": later in the same sentence.
_LATER = re.compile(
    rf"{_BRACKETS}{_LEVEL}{_BRACKETS},? (?:(?:who|which) )?"
    r"(?:is|was|has|had|acts?|serves?|doubles|heads|leads|oversees|manages|chairs|supervises)\b"
    r"[^.;:]{1,120}?,? (?:and|who) (?:also )?report(?:s|ed) (?:directly )?to (?:the )?"
)
# "A, B and C report to", "A (P-4) and B (P-3), both reporting to".
_TOGETHER = re.compile(
    rf"(?:{_BRACKETS}{_LEVEL}{_BRACKETS}),?(?: (?:both|all|each)(?: of whom)? report(?:s|ed|ing)?| report(?:ed)?) "
)
_LIST_GAP = re.compile(rf"(?:{_BRACKETS}{_LEVEL}{_BRACKETS})(?:,|,? and|,? as well as)(?: the| an?)? ")
_LATTER = sought(r"\b[Tt]he latter,? (?:in turn,? |also )?report(?:s|ed)(?: directly)? to (?:the )?")
_SUPERVISES = re.compile(
    rf"{_BRACKETS},? (?:who )?(?:also |directly )*(?:supervises|supervised|oversees|oversaw)(?: directly)? (?:the )?"
)
_TO = re.compile(r"\b(?:to|through|via|as|supervision of|(?:supervised|supported|assisted) by) (?:the |an? )?$")
_NEAR = 24  # characters before a title in which such words stand
_AS = re.compile(r"\bas (?:the |an? )?$")
# "... to the Director, and the Fuel Unit, | led by": the unit is another subject.
_OTHER = re.compile(r",? (?:led|headed|managed|located|which|is|are|was|were|has|had|have|report(?:s|ed)?)\b")
# "... to the Director, and the Safety Officer | reports to": another sentence.
_ACTS = re.compile(
    rf"{_BRACKETS}{_LEVEL}{_BRACKETS} "
    r"(?:reports?|reported|is|was|are|were|has|had|heads|supervises|oversees|manages|chairs|will|would)\b"
)
_WHO = re.compile(r"\b(?:who|which|that|in turn)\b")
_BOTH = sought(r"\b(?:Both(?: posts| of whom)?|both of whom) (?:report|reported)(?: directly)? to (?:the )?")


def grade(text: str, title: Title) -> tuple[str, int, int] | None:
    """Return the grade said of a post and where the words begin and end that say so, or None."""
    after = _AT_GRADE.match(text, title.until) or _AT_GRADE.match(text, title.end)
    if after:
        return next(filter(None, after.groups())), title.start, after.end()
    before = _GRADE_BEFORE.search(text, 0, title.start)
    return (before["grade"], before.start("grade"), title.end) if before else None


def joint_grade(text: str, titles: Sequence[Title], index: int) -> Iterator[tuple[Title, str, int]]:
    """Yield the posts listed before one behind which stands "both at the D-2 level", the grade and where that ends."""
    both = _BOTH_AT.match(text, titles[index].until)
    while both and index and _LISTED.fullmatch(text, titles[index - 1].until, titles[index].start):
        index -= 1
        yield titles[index], both["grade"], both.end()


def link(text: str, title: Title, titles: Sequence[Title]) -> int | None:
    """Return where the name of the post's superior begins, or None where none is told."""
    at_once = _REPORTS.match(text, title.until)
    if at_once:
        # "the Chief, who reports to the Director and has a reporting line to": the Chief has
        said = at_once.group()
        going_on = (" and " in said or " with a" in said) and _WHO.search(said) is None
        # "The Unit, staffed with six Tide Officers, reports": the unit does
        alone = text[title.end : title.until] == "s" and " reports " in said
        above = going_on and _TO.search(text, max(0, title.start - _NEAR), title.start)
        return None if above or alone else at_once.end()
    later = _LATER.match(text, title.until)
    # "The Chief assists the Director, who reports to": another post between is the one that does.
    between = (t for t in titles if later and title.until <= t.start < later.end())
    return (
        later.end()
        if later
        and all(_AS.search(text, max(title.end, t.start - _NEAR), t.start) for t in between if text[t.start - 1] != "(")
        else None
    )


def further(text: str, end: int) -> int | None:
    """Return where another superior begins behind one: "reports to the A (D-2) and has a technical line to the B"."""
    more = _REPORTS.match(text, end)
    on = more is not None and (" and " in more.group() or " with a" in more.group())
    return more.end() if more and on and _WHO.search(more.group()) is None else None


def both_report(text: str, titles: Sequence[Title]) -> Iterator[tuple[Sequence[Title], int]]:
    """Yield the posts that "Both report to" and "The latter reports to" speak of and where their superior begins."""
    for both in _BOTH.finditer(text):
        yield [t for t in titles if t.end <= both.start()][-2:], both.end()
    for latter in _LATTER.finditer(text):
        start, _ = sentence_bounds(text, max(0, latter.start() - 2))
        yield [t for t in titles if start <= t.start and t.end <= latter.start()][-1:], latter.end()


def together(text: str, titles: Sequence[Title], index: int) -> list[Title]:
    """Return a post with those before it where they report together: "the Chief A and the Chief B report to"."""
    found = [titles[index]]
    if _TOGETHER.match(text, titles[index].until):
        while index and _LIST_GAP.fullmatch(text, titles[index - 1].until, titles[index].start):
            index -= 1
            found.append(titles[index])
    return found


def supervised(text: str, titles: Sequence[Title], index: int) -> Iterator[tuple[Title, int]]:
    """Yield the posts in "the Director supervises the Chief A and the Chief B", and where each ends."""
    match = _SUPERVISES.match(text, titles[index].until)
    at = match.end() if match else -1
    for title in titles[index + 1 :]:
        if title.start != at:
            return
        yield title, title.until
        more = _LISTED.match(text, title.until)
        at = more.end() if more else -1


def superiors(text: str, at: int, titles: Sequence[Title], refs: Sequence[Reference]) -> Iterator[tuple[str, int]]:
    """Yield the key of each post (or of a body, with `=` before it) named from `at` on, and where it ends."""
    first = at
    while True:
        post = next((t for t in titles if t.start == at), None)
        if post is not None and at != first and _ACTS.match(text, post.until):
            return
        body = next((r for r in refs if r.start == at or (not r.named and r.start == at - 4)), None)
        if post is not None:
            key, end = post.key, post.until
        elif body is not None and (at == first or not _OTHER.match(text, body.until)):
            key, end = f"={body.key}", body.end
        else:
            return
        yield key, end
        more = _MORE.match(text, end)
        # "the Executive Secretary and Chief of Staff" is one person.
        if more is None or (
            post is not None and not (more["to"] or more["the"] or is_acronym(text[more.end() :].split(" ")[0]))
        ):
            return
        at = more.end()
