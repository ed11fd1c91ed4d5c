"""The log in words: when, who in which post, what, about what. Enterprises' people are numbers here, as in the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing.ledger.queries import Happening

from ..models import Post, Unit

NOUNS = {
    "matter": gettext_lazy("事项"), "account": gettext_lazy("账号"), "unit": gettext_lazy("单位"),
    "enterprise": gettext_lazy("企业"), "post": gettext_lazy("任职"), "mandate": gettext_lazy("企业授权"),
    "matters": gettext_lazy("事项"), "enterprises": gettext_lazy("企业"), "demo": gettext_lazy("演示数据"),
    "measure": gettext_lazy("统计指标"), "policy": gettext_lazy("政策"), "calendar": gettext_lazy("工作日历"),
    "token": gettext_lazy("接口令牌"),
}
ALONE = {"system": gettext_lazy("系统"), "public": gettext_lazy("没有登录的人")}


class Told(NamedTuple):
    """A row of the log; `raw` is what the ledger holds, for whoever checks it."""

    number: int | None
    at: datetime
    what: str
    who: str
    about: str
    raw: Happening


def told(happenings: Iterable[Happening]) -> list[Told]:
    """Two queries for any number of rows: the posts in which staff acted, and the units that are spoken of."""
    rows = list(happenings)
    posts = _posts(row.acting_as for row in rows)
    units = _units(row.subject for row in rows)
    return [Told(row.number, row.happened_at, row.label, _who(row, posts), units.get(row.subject) or _named(row.subject), row)
            for row in rows]


def _posts(references: Iterable[str]) -> dict[str, Post]:
    found = Post.objects.filter(pk__in=_numbers("post", references)).select_related("unit", "account")
    return {f"post:{post.pk}": post for post in found}


def _units(references: Iterable[str]) -> dict[str, str]:
    return {f"unit:{pk}": name for pk, name in Unit.objects.filter(pk__in=_numbers("unit", references)).values_list("pk", "name")}


def _numbers(noun: str, references: Iterable[str]) -> set[int]:
    parts = (reference.partition(":") for reference in references)
    return {int(number) for kind, _colon, number in parts if kind == noun and number.isdecimal()}


def _who(row: Happening, posts: dict[str, Post]) -> str:
    """Staff by unit, role and name; who acts for an enterprise by number."""
    post = posts.get(row.acting_as)
    if post:
        return f"{post.unit.name} {post.get_role_display()} {post.account.name}"
    if row.acting_as.startswith("mandate:"):
        return _("企业经办人 %(n)s") % {"n": row.actor.partition(":")[2]}
    return _named(row.actor)


def _named(reference: str) -> str:
    """“事项 12”; a noun without a word here stands as it is."""
    noun, _colon, number = reference.partition(":")
    word = NOUNS.get(noun) or ALONE.get(noun)
    return " ".join(filter(None, [str(word), number])) if word else reference
