"""Reports torn, doubled, robbed and sprinkled with garbage, as hypothesis draws them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

__all__ = ["GARBAGE", "SEEDS", "mutated"]

REPORTS = Path(__file__).parents[1] / "reports"
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.txt"))]
GARBAGE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "\t", "\x0c", "\n\n", "|", "||", "| a | b |", "(1)", "(99)", "²", "٣", "\u202e", "\x1b[2J",
            "</table>", "<td", "<table><tr><td>", "ANNEX I", "ANNEX", "APPENDIX I", "I. BACKGROUND",
            "EXECUTIVE SUMMARY", "Recommendation 1", "Rec. no.\tRecommendation",
            "Rec. no.   Recommendation   Critical/   C/O", "(a) ", "; and (b)", "1.", "999.", "2030/999",
            "REPORT 2030/999", "$", "\\$", "$1.2 million", "468 of the 1,496", "per cent",
            "31 February 2030", "0 of 0 (0 per cent)", "S/RES/2364 (2017)", "resolution", "A/RES/", "(", ")",
            "[", "\xad", "-\n", "&#0;", "&#xfffffff;", "9" * 40, "Chief of", "Section of the",
        ]
    ),
)  # fmt: skip
_STEP = st.tuples(
    st.sampled_from(["tear", "drop", "double", "swap", "insert", "join", "cut"]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    GARBAGE,
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a report and mutate its lines: what converters and torn pages do, and worse."""
    lines = draw(st.sampled_from(SEEDS)).split("\n")
    for what, at, to, garbage in draw(st.lists(_STEP, min_size=1, max_size=12)):
        i, j = int(at * len(lines)), int(to * len(lines))
        line = lines[i]
        middle = int(to * len(line))
        if what == "tear":
            lines[i : i + 1] = [line[:middle], "", line[middle:]]
        elif what == "drop":
            del lines[i : i + 1 + int(to * 8)]
        elif what == "double":
            lines[j:j] = lines[i : i + 1 + int(to * 8)]
        elif what == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        elif what == "insert":
            lines[i] = line[:middle] + garbage + line[middle:]
        elif what == "join" and i + 1 < len(lines):
            lines[i : i + 2] = [line + " " + lines[i + 1]]
        elif what == "cut":
            lines = lines[: max(i, 1)] if to < 0.1 else lines
        lines = lines or [""]
    return "\n".join(lines)
