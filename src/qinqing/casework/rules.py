"""The road of a matter: one table of moves, and what stands in the way of each (M1-036).

Pure: no clock, no database. The buttons on a page, the checks in an action and the diagram in the docs
are read from the same table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from qinqing.base.words import Sentence, say

from . import terms
from .terms import AT_UNIT, ENDED, Outcome, State

OPEN = frozenset(State) - ENDED


@dataclass(frozen=True)
class Move:
    """`target` None: the verb is said, but the state stays."""

    verb: str
    sources: frozenset[State]
    target: State | None = None


def _move(verb: str, *sources: State, to: State | None = None) -> Move:
    return Move(verb, frozenset(sources), to)


MOVES: dict[str, Move] = {move.verb: move for move in (
    _move("accept", State.SUBMITTED, to=State.ACCEPTED),
    _move("dispatch", State.SUBMITTED, State.ACCEPTED, to=State.DISPATCHED),
    _move("sign", State.DISPATCHED, to=State.HANDLING),
    _move("assign", State.HANDLING),
    _move("sign_as_helper", *AT_UNIT),
    _move("answer_as_helper", *AT_UNIT),
    _move("object", State.DISPATCHED),
    _move("uphold_objection", State.DISPATCHED, to=State.ACCEPTED),
    _move("reject_objection", State.DISPATCHED),
    _move("recall", State.DISPATCHED, State.HANDLING, to=State.ACCEPTED),
    _move("ask", State.SUBMITTED, State.ACCEPTED, State.HANDLING),
    _move("supplement", *OPEN),
    _move("request_extension", State.HANDLING),
    _move("decide_extension", State.HANDLING),
    _move("transfer", State.HANDLING, to=State.DISPATCHED),
    _move("progress", State.HANDLING),
    _move("reply", State.HANDLING, to=State.REPLIED),
    _move("reply_later", State.HANDLING),
    _move("file_evidence", State.HANDLING, State.REPLIED, State.CONFIRMED),
    _move("fulfil", State.HANDLING, to=State.REPLIED),
    _move("confirm", State.REPLIED, to=State.CONFIRMED),
    _move("reject", State.REPLIED, to=State.HANDLING),
    _move("dispute", State.REPLIED),
    _move("order_rework", State.REPLIED, to=State.HANDLING),
    _move("contact", State.REPLIED),
    _move("judge_unreached", State.REPLIED, to=State.CONFIRMED),
    _move("propose_reasonable", State.REPLIED),
    _move("judge_reasonable", State.REPLIED, to=State.CONFIRMED),
    _move("close", State.CONFIRMED, to=State.CLOSED),
    _move("reopen", State.CONFIRMED, State.CLOSED, to=State.HANDLING),
    _move("withdraw", *(OPEN - {State.CONFIRMED}), to=State.WITHDRAWN),
    _move("merge", State.SUBMITTED, State.ACCEPTED, to=State.MERGED),
    _move("separate", State.MERGED, to=State.SUBMITTED),
    _move("remind", State.SUBMITTED, State.ACCEPTED, State.DISPATCHED, State.HANDLING),
    _move("appeal", *(OPEN - {State.CONFIRMED}), State.CLOSED),
    _move("see_to", *OPEN, State.CLOSED),
    _move("supervise", *OPEN),
    _move("lift_supervision", *State),
    _move("attach", *OPEN, State.CLOSED),
    _move("note", *State),
)}


@dataclass(frozen=True)
class Facts:
    """What stands beside the state and decides whether a move is possible now."""

    state: State
    paused: bool = False
    objection_open: bool = False
    objections: int = 0
    extensions: int = 0
    extension_open: bool = False
    evidence: int = 0            # pieces filed for the present reply
    promised: bool = False       # the present reply only promises a later act
    supervised: bool = False
    rejections: int = 0          # how often the enterprise said “not solved”
    disputed: bool = False       # said again without new facts: the office decides
    proposed: bool = False       # one office member holds the demand for reasonably met
    appealed: bool = False       # the enterprise asked the city to look, and has no answer yet
    raised: bool = False         # the enterprise asked the city to look, or said “not solved”: the office has not answered
    silent: bool = False         # asked, and given its days to answer, the enterprise said nothing


Guard = Callable[[Facts], Sentence | None]


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; ValueError when the table has no such move."""
    move = MOVES[verb]
    if state not in move.sources:
        raise ValueError(f"{verb} is not possible from {state}")
    return move.target or State(state)


def obstacle(verb: str, facts: Facts) -> Sentence | None:
    """Why `verb` is not possible now, or None."""
    if facts.state not in MOVES[verb].sources:
        return say("现在是“%(state)s”，不能这样操作。", state=State(facts.state).label)
    check = _GUARDS.get(verb)
    return check(facts) if check else None


def open_moves(facts: Facts, leaves_out: Iterable[str] = ()) -> tuple[str, ...]:
    """The verbs possible now, in the order of the table; a kind of matter may leave moves out."""
    return tuple(verb for verb in MOVES if verb not in leaves_out and obstacle(verb, facts) is None)


def helper_obstacle(verb: str, *, signed: bool, answered: bool) -> Sentence | None:
    """How far a helper is with its own part stands beside the table of moves: the state is the lead's business."""
    if verb == "sign_as_helper":
        return say("已经签收过。") if signed else None
    if answered:
        return say("协办意见已经给过主办单位。")
    return None if signed else say("签收以后再给协办意见。")


def _unless(attribute: str, sentence: Sentence) -> Guard:
    return lambda facts: sentence if getattr(facts, attribute) else None


def _only(attribute: str, sentence: Sentence) -> Guard:
    return lambda facts: None if getattr(facts, attribute) else sentence


def _may_object(facts: Facts) -> Sentence | None:
    if facts.objection_open:
        return say("派单异议正在裁定。")
    if facts.objections:
        return say("派单异议只能提一次，上次已经裁定。")
    return None


def _may_recall(facts: Facts) -> Sentence | None:
    if facts.objection_open:
        return say("派单异议正在裁定。")
    if facts.paused:
        return say("正在等企业补充，补充以后再收回。")
    return say("已经答应了办成的日期，到期没办成再收回。") if facts.promised else None


def _may_extend(facts: Facts) -> Sentence | None:
    if facts.extension_open:
        return say("延期申请正在审批。")
    if facts.extensions >= terms.MAX_EXTENSIONS:
        return say("已延期 %(n)s 次，不能再延。", n=facts.extensions)
    return None


def _may_reply(facts: Facts) -> Sentence | None:
    return say("正在等企业补充，补充后再答复。") if facts.paused else None


def _may_ask(facts: Facts) -> Sentence | None:
    return say("已经请企业补充，正在等。") if facts.paused else None


def _may_confirm(facts: Facts) -> Sentence | None:
    return say("营商环境办正在裁定，请等裁定结果。") if facts.disputed else None


def _may_dispute(facts: Facts) -> Sentence | None:
    if facts.disputed:
        return say("营商环境办正在裁定，请等裁定结果。")
    if not facts.rejections:
        return say("第一次认为没解决，直接重新办理。")
    return None


def _may_propose_reasonable(facts: Facts) -> Sentence | None:
    if facts.proposed:
        return say("已有一人提议，请另一人认定。")
    if not facts.rejections and not facts.silent:
        return say("先等企业表态：企业说没解决，或者满 %(n)s 个工作日没有回音，才能提议。", n=terms.DAYS_TO_ANSWER)
    return None


def _may_appeal(facts: Facts) -> Sentence | None:
    """Whether there is anything to look at: not while it waits for the enterprise itself."""
    if facts.appealed:
        return say("已经请市里过问，正在等答复。")
    if facts.paused:
        return say("正在等您补充，补充以后接着办。")
    if facts.state == State.REPLIED and not facts.disputed:
        return say("请先回答是否解决：没解决的，重新办理并提高一级。")
    return None


_IN_DISPUTE = say("派单异议还没裁定。")
_GUARDS = {
    "sign": _unless("objection_open", _IN_DISPUTE),
    "object": _may_object,
    "recall": _may_recall,
    "uphold_objection": _only("objection_open", say("没有待裁定的派单异议。")),
    "reject_objection": _only("objection_open", say("没有待裁定的派单异议。")),
    "ask": _may_ask,
    "request_extension": _may_extend,
    "decide_extension": _only("extension_open", say("没有待审批的延期申请。")),
    "reply": _may_reply,
    "reply_later": _may_reply,
    "file_evidence": _unless("promised", say("上次答复承诺了办成日期：办成了用“承诺已办成”提交依据，企业才会收到确认。")),
    "fulfil": _only("promised", say("没有待兑现的承诺。")),
    "propose_reasonable": _may_propose_reasonable,
    "judge_reasonable": _only("proposed", say("要先有一人提议，另一人才能认定。")),
    "confirm": _may_confirm,
    "reject": _may_confirm,
    "judge_unreached": _may_confirm,
    "dispute": _may_dispute,
    "order_rework": _only("disputed", say("企业没有再次提出异议。")),
    "close": _only("evidence", say("还没有办结依据，不能销号。")),
    "appeal": _may_appeal,
    "see_to": _only("raised", say("现在没有要营商环境办过问的事。")),
    "supervise": _unless("supervised", say("已经在督办。")),
    "lift_supervision": _only("supervised", say("没有在督办。")),
}


# —— replies ——

def reply_asks(*, outcome: str, promised: bool) -> bool:
    """Whether this reply may ask “solved or not”: a promise of a later act, or “not yet”, asks nothing."""
    return not promised and outcome != Outcome.NOT_YET


def reply_lack(*, outcome: str, basis: str, review_on: date | None, promised_on: date | None,
               route: str, shown: bool = True, owed: bool = False) -> tuple[str, Sentence] | None:
    """The first field a reply of this outcome still needs, with the sentence to show beside it.

    `shown`: there is evidence. Without it and without a date, “solved” would be a mere promise.
    `owed`: a promise stands. It is kept by its act; what a reply may do is to say why it is not, or when it will be.
    """
    acts = outcome in (Outcome.SOLVED, Outcome.PARTLY)
    promises, reviews = promised_on is not None, review_on is not None
    lacks = (
        (outcome == Outcome.EXPLAINED and not basis.strip(), "basis", say("解释说明要写清政策依据（文件和条款）。")),
        (outcome == Outcome.NOT_YET and not reviews, "review_on", say("暂不具备条件要写明哪天复核。")),
        (outcome != Outcome.NOT_YET and reviews, "review_on", say("只有暂不具备条件可以写复核的日期。")),
        (outcome == Outcome.REFERRED and not route.strip(), "legal_route", say("转法定途径要写明向哪个机关、按什么程序提出。")),
        (not acts and promises, "promised_on", say("只有解决和部分解决可以写承诺办成的日期。")),
        (acts and owed and not promises, "outcome", say("上次答复承诺了办成日期，办成了用“承诺已办成”提交依据。")),
        (acts and not promises and not shown, "evidence", say("请写明凭什么看得出办成了；还没办成的，填承诺办成的日期。")),
    )
    return next(((field, sentence) for lacking, field, sentence in lacks if lacking), None)


# —— contact attempts (unreached) ——

def attempts_suffice(attempts: Iterable[tuple[object, str]]) -> bool:
    """Three attempts on different working days, by two means; each is (day, means)."""
    attempts = list(attempts)
    days = {day for day, _ in attempts}
    means = {kind for _, kind in attempts}
    return len(days) >= terms.CONTACT_ATTEMPTS and len(means) >= terms.CONTACT_MEANS


def next_level(level: int) -> int:
    """An unsolved matter goes up one level, to the city leader at most."""
    return min(level + 1, int(terms.Level.LEADER))


def likelihood(cases: int, total: int) -> Sentence:
    """How sure a suggestion is that rests on `cases` of `total` matters alike."""
    if cases >= terms.FIRM_CASES and cases * 5 >= total * 3:
        return say("较有把握")
    return say("可能") if cases * 5 >= total else say("备选")


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.SUBMITTED.value}: open"]
    for move in MOVES.values():
        if move.target:
            lines += [f"    {s.value} --> {move.target.value}: {move.verb}" for s in State if s in move.sources]
    return "\n".join([*lines, *(f"    {s.value} --> [*]" for s in State if s in ENDED)]) + "\n"
