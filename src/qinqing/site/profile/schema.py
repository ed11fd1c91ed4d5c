"""What a profile may say: one file for each part, each with its fields, and what must agree between them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from qinqing.base import Refused, Sentence, say
from qinqing.casework import kinds
from qinqing.casework.terms import Timer
from qinqing.clock.limits import Limit
from qinqing.parties.terms import DivisionLevel, UnitKind


def _limit(text: str) -> str:
    try:
        Limit.parse(text)
    except Refused as refusal:
        raise ValueError(str(refusal)) from refusal
    return text


Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=24)]
DivisionCode = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$")]
LimitText = Annotated[str, AfterValidator(_limit)]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class City(Part):
    name: Name
    name_en: Name
    platform: Name
    platform_en: Name
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    division: DivisionCode | Literal[""] = ""
    hotline: Annotated[str, Field(max_length=30)] = ""
    shifts: Annotated[tuple[tuple[Time, Time], ...], Field(min_length=1)]
    takes_applications: bool = True
    matches_policies: bool = True
    province_platform: Annotated[str, Field(max_length=40)] = ""
    province_platform_en: Annotated[str, Field(max_length=60)] = ""
    province_address: Annotated[str, Field(pattern=r"^(https://[^\s]+)?$", max_length=200)] = ""


class Division(Part):
    code: DivisionCode
    name: Name
    level: DivisionLevel
    parent: DivisionCode | Literal[""] = ""
    name_en: str = ""


class Unit(Part):
    code: Code
    name: Name
    name_en: str
    kind: UnitKind
    parent: Code | Literal[""] = ""
    division: DivisionCode | Literal[""] = ""
    duties: tuple[Name, ...] = ()
    keywords: tuple[Name, ...] = ()


class LimitRow(Part):
    kind: Code
    track: Code
    timer: Timer
    limit: LimitText
    basis: Name


class Topic(Part):
    code: Code
    departments: tuple[Code, ...]
    keywords: tuple[Name, ...]


class Board(Part):
    code: Code
    name: Name
    name_en: Name
    secretariat: Code
    members: tuple[Code, ...]


class Profile(Part):
    """Each field is the file of its name; only the city and its units must be there."""

    city: City
    units: tuple[Unit, ...]
    divisions: tuple[Division, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    topics: tuple[Topic, ...] = ()
    boards: tuple[Board, ...] = ()


# —— what must agree ——

Place = tuple[str | int, ...]
Finding = tuple[Place, Sentence]


def disagreements(profile: Profile) -> Iterator[Finding]:
    """Each place where the profile contradicts itself or asks for what the platform does not have."""
    yield from _shifts(profile.city)
    yield from _elsewhere(profile.city)
    for part in ("divisions", "units", "topics", "boards"):
        yield from _twice(part, [row.code for row in getattr(profile, part)])
    yield from _twice("limits", [f"{row.kind}/{row.track}/{row.timer}" for row in profile.limits])
    yield from _trees(profile)
    yield from _limits(profile)
    yield from _units_named(profile)


def _unknown(part: str, code: str) -> Sentence:
    return say("%(file)s 里没有“%(code)s”", file=f"{part}.yaml", code=code)


def _shifts(city: City) -> Iterator[Finding]:
    times = [moment for shift in city.shifts for moment in shift]
    if times != sorted(set(times)):
        yield ("city", "shifts"), say("班次要按先后写，不能重叠")


def _elsewhere(city: City) -> Iterator[Finding]:
    """What is not done here is done somewhere, and people are told where."""
    missing = [name for name in ("province_platform", "province_address") if not getattr(city, name)]
    if not (city.takes_applications and city.matches_policies):
        yield from ((("city", name), say("不在本平台收申请或比对政策的，要写明省平台的名称和网址")) for name in missing)


def _twice(part: str, keys: list[str]) -> Iterator[Finding]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield (part, len(keys) - 1 - keys[::-1].index(key)), say("“%(key)s”写了 %(n)s 次", key=key, n=count)


def _trees(profile: Profile) -> Iterator[Finding]:
    """Parents stand before their children, so that a tree is a tree and can be loaded in order."""
    known_divisions = {row.code for row in profile.divisions}
    if profile.city.division and profile.city.division not in known_divisions:
        yield ("city", "division"), _unknown("divisions", profile.city.division)
    yield from _parents("divisions", profile.divisions)
    yield from _parents("units", profile.units)
    roots = [row.code for row in profile.units if row.kind == UnitKind.GOVERNMENT and not row.parent]
    if len(roots) != 1:
        yield ("units",), say("要有且只有一个没有上级的人民政府（kind: government），现在有 %(n)s 个", n=len(roots))
    for index, row in enumerate(profile.units):
        if row.division and row.division not in known_divisions:
            yield ("units", index, "division"), _unknown("divisions", row.division)


def _parents(part: str, rows: Iterable[Division | Unit]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.parent and row.parent not in seen:
            yield (part, index, "parent"), say("前面没有“%(code)s”，上级要写在下级前面", code=row.parent)
        seen.add(row.code)


def _limits(profile: Profile) -> Iterator[Finding]:
    offered = {kind.key: kind for kind in kinds.registered()}
    for index, row in enumerate(profile.limits):
        if row.kind not in offered:
            yield ("limits", index, "kind"), say("平台没有“%(code)s”这类事项", code=row.kind)
        elif row.track not in offered[row.kind].limits:
            yield ("limits", index, "track"), say("“%(kind)s”没有“%(track)s”这条时限", kind=row.kind, track=row.track)
    known = {code for kind in offered.values() for code in kind.topics}
    for index, topic in enumerate(profile.topics):
        if topic.code not in known:
            yield ("topics", index, "code"), say("平台没有“%(code)s”这个类别", code=topic.code)


def _units_named(profile: Profile) -> Iterator[Finding]:
    known = {row.code for row in profile.units}
    named = [*_listed("topics", profile.topics, "departments"), *_listed("boards", profile.boards, "members")]
    named += [(("boards", index, "secretariat"), board.secretariat) for index, board in enumerate(profile.boards)]
    yield from ((place, _unknown("units", code)) for place, code in named if code not in known)


def _listed(part: str, rows: Iterable[Topic | Board], field: str) -> Iterator[tuple[Place, str]]:
    for index, row in enumerate(rows):
        yield from (((part, index, field, n), code) for n, code in enumerate(getattr(row, field)))
