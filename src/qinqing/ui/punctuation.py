"""Full-width punctuation in Chinese text; numbers, times, addresses and code stay as they are.

Pure. `normalise` works until nothing changes any more, so doing it twice is doing it once.
"""

import re

CHINESE = "\u3400-\u9fff\uf900-\ufaff"
NEAR = f"[{CHINESE}，。：；（）？！、“”‘’《》…—]"  # a neighbour that makes a mark Chinese
FULL = str.maketrans(",.:;?!", "，。：；？！")
HELD = "\ue000"  # stands for a held piece while the marks around it are judged

HELD_PIECES = re.compile(
    rf"{HELD}"
    r"|`[^`]*`"  # code
    r"|[a-zA-Z][a-zA-Z0-9+.-]*://[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*[\w/]"  # addresses
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?<![\w-])\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 1,286
    r"|\d+(?:[.:]\d+)+"  # 3.5  08:00  3:1
    r"|[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+"  # gov.example  report.pdf
    r"|^[ \t]*\d+\.(?=\s)",  # the number of a list
    re.ASCII,
)
HAS_CHINESE = re.compile(f"[{CHINESE}]")
ELLIPSIS = re.compile(rf"(?<={NEAR}) *\.{{3,}}")
MARKS = re.compile(
    rf"(?<={NEAR}) *([,:;?!]|\.(?![A-Za-z0-9.])) *"  # after Chinese
    rf"| *([,:;?!]) *(?={NEAR})"  # before Chinese
    rf"|(?<=[\w{HELD}]) *([,;]) *(?=[\d{HELD}]+ *[{CHINESE}])"  # before a number that counts something Chinese
    rf"|(?<=[\w{HELD}]) *([,.:;?!])(?=\s*$)",  # at the end of a line that has Chinese
)
BRACKETS = re.compile(r" *\(([^()（）]*)\) *")
LEFT_OVER = re.compile(r"(（[^()（）]*)\)|\(([^()（）]*）)")  # one half was full-width already
DOUBLE_QUOTES = re.compile(r'"([^"]*)"')
SINGLE_QUOTES = re.compile(r"(?<![A-Za-z0-9])'([^']*)'(?![A-Za-z0-9])")


def normalise(text: str) -> str:
    """The same text with Chinese punctuation where the context is Chinese; line by line."""
    return "\n".join(settled(line) for line in text.split("\n"))


def settled(line: str) -> str:
    while HAS_CHINESE.search(line) and (better := once(line)) != line:
        line = better
    return line


def once(line: str) -> str:
    """One pass: hold back what must stay, judge each mark by its neighbours, put the held pieces back."""
    held = HELD_PIECES.findall(line)
    line = HELD_PIECES.sub(HELD, line)
    line = ELLIPSIS.sub("……", line)
    line = MARKS.sub(lambda mark: "".join(filter(None, mark.groups())).translate(FULL), line)
    line = BRACKETS.sub(lambda pair: in_context(pair, "（", "）"), line)
    line = LEFT_OVER.sub(lambda half: f"{half[1]}）" if half[1] else f"（{half[2]}", line)
    line = DOUBLE_QUOTES.sub(lambda pair: in_context(pair, "“", "”"), line)
    line = SINGLE_QUOTES.sub(lambda pair: in_context(pair, "‘", "’"), line)
    pieces = iter(held)
    return re.sub(HELD, lambda _place: next(pieces), line)


def in_context(pair: re.Match[str], opening: str, closing: str) -> str:
    """A pair of brackets or quotes becomes full-width when it holds Chinese or stands beside it."""
    before, after = pair.string[: pair.start()][-1:], pair.string[pair.end() :][:1]
    call = opening == "（" and re.match(r"[\w)]", before, re.ASCII) and pair[0][0] == "("  # f(x)
    beside = re.match(NEAR, before) or (re.match(NEAR, after) and not call)
    return f"{opening}{pair[1]}{closing}" if HAS_CHINESE.search(pair[1]) or beside else pair[0]
