"""Overlapping pairs of Chinese characters: one function for the index and for the query, so recall is exact."""

import re

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+|[A-Za-z0-9]+")


def words(text: str) -> str:
    """The text as index words: pairs of characters, Latin words and numbers in lower case, parted by blanks.

    The last character of a run stands once more by itself: so a single character is found as the beginning of a word.

    >>> words("稳岗返还 50万元")
    '稳岗 岗返 返还 还 50 万元 元'
    """
    return " ".join(" ".join([*_pairs(run), *_last(run)]) for run in _RUN.findall(text))


def phrases(query: str) -> list[str]:
    """One phrase for each run of the query; each must occur as it stands."""
    return [" ".join(_pairs(run)) for run in _RUN.findall(query)]


def is_single(phrase: str) -> bool:
    """Whether a phrase is one Chinese character, which must be searched for as the beginning of a word."""
    return len(phrase) == 1 and phrase >= "\u3400"


def _last(run: str) -> list[str]:
    return [run[-1]] if len(run) > 1 and run[0] >= "\u3400" else []


def _pairs(run: str) -> list[str]:
    if run[0] < "\u3400":
        return [run.lower()]
    if len(run) == 1:
        return [run]
    return [run[i:i + 2] for i in range(len(run) - 1)]
