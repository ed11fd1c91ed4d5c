"""What a schema finds wrong with somebody's data, in our words: for profiles and for the API."""

from collections.abc import Mapping
from typing import Any

from qinqing.base import Sentence, say

WORDS = {
    "missing": say("缺少这一项"),
    "extra_forbidden": say("不认识这一项"),
    "string_type": say("要写成文字；数字加上引号"),
    "string_too_short": say("不能空着"),
    "string_too_long": say("太长，最多 %(max_length)s 个字"),
    "string_pattern_mismatch": say("格式不对，应符合 %(pattern)s"),
    "enum": say("应为 %(expected)s 之一"),
    "bool_type": say("只能是 true 或 false"),
    "datetime_type": say("要写成时间，例如 2026-09-30T09:30"),
    "datetime_parsing": say("要写成时间，例如 2026-09-30T09:30"),
    "datetime_from_date_parsing": say("要写成时间，例如 2026-09-30T09:30"),
    "tuple_type": say("要写成列表"),
    "too_short": say("至少要有 %(min_length)s 项"),
    "model_type": say("要写成“名称: 值”"),
    "model_attributes_type": say("要写成“名称: 值”"),
}


def sentence(finding: Mapping[str, Any]) -> Sentence:
    """Of one pydantic error; what has no words of ours keeps those of the library."""
    context = finding.get("ctx", {})
    known = WORDS.get(finding["type"])
    return Sentence(known.text, context) if known else Sentence(str(context.get("error", finding["msg"])))
