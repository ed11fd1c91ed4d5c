"""The table of moves: every road leads somewhere, and nothing moves that the table does not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.casework import rules
from qinqing.casework.terms import ENDED, Outcome, State

ROAD = [
    (State.SUBMITTED, "accept", State.ACCEPTED),
    (State.SUBMITTED, "dispatch", State.DISPATCHED),
    (State.ACCEPTED, "dispatch", State.DISPATCHED),
    (State.DISPATCHED, "sign", State.HANDLING),
    (State.DISPATCHED, "uphold_objection", State.ACCEPTED),
    (State.HANDLING, "transfer", State.DISPATCHED),
    (State.HANDLING, "reply", State.REPLIED),
    (State.HANDLING, "reply_later", State.HANDLING),
    (State.HANDLING, "fulfil", State.REPLIED),
    (State.REPLIED, "confirm", State.CONFIRMED),
    (State.REPLIED, "reject", State.HANDLING),
    (State.CONFIRMED, "close", State.CLOSED),
    (State.CLOSED, "reopen", State.HANDLING),
]


@pytest.mark.parametrize(("state", "verb", "after"), ROAD)
def test_the_road(state, verb, after):
    assert rules.next_state(state, verb) == after


@pytest.mark.parametrize(("state", "verb"), [
    (State.SUBMITTED, "close"), (State.HANDLING, "close"), (State.REPLIED, "close"), (State.CLOSED, "withdraw"),
    (State.HANDLING, "merge"), (State.SUBMITTED, "reply"), (State.DISPATCHED, "reply"), (State.CLOSED, "confirm"),
])
def test_no_short_cuts(state, verb):
    with pytest.raises(ValueError, match=verb):
        rules.next_state(state, verb)


@pytest.mark.req("M1-036")
def test_nothing_is_struck_off_without_evidence_and_the_enterprises_word():
    assert rules.obstacle("close", rules.Facts(State.REPLIED, evidence=1))
    assert rules.obstacle("close", rules.Facts(State.CONFIRMED, evidence=0))
    assert rules.obstacle("close", rules.Facts(State.CONFIRMED, evidence=1)) is None


def test_one_objection_only():
    assert rules.obstacle("object", rules.Facts(State.DISPATCHED)) is None
    assert rules.obstacle("object", rules.Facts(State.DISPATCHED, objections=1))
    assert rules.obstacle("sign", rules.Facts(State.DISPATCHED, objection_open=True))


def test_one_extension_only():
    assert rules.obstacle("request_extension", rules.Facts(State.HANDLING)) is None
    assert rules.obstacle("request_extension", rules.Facts(State.HANDLING, extensions=1))


@pytest.mark.parametrize(("said", "possible"), [
    ({}, False), ({"silent": True}, True), ({"rejections": 1}, True), ({"rejections": 1, "disputed": True}, True),
    ({"silent": True, "proposed": True}, False),
])
def test_nobody_judges_what_is_reasonable_before_the_enterprise_could_speak(said, possible):
    assert (rules.obstacle("propose_reasonable", rules.Facts(State.REPLIED, **said)) is None) is possible


@pytest.mark.parametrize(("outcome", "promised", "asks"), [
    (Outcome.SOLVED, False, True), (Outcome.SOLVED, True, False), (Outcome.PARTLY, True, False),
    (Outcome.EXPLAINED, False, True), (Outcome.NOT_YET, False, False), (Outcome.REFERRED, False, True),
])
def test_a_promise_asks_nothing(outcome, promised, asks):
    assert rules.reply_asks(outcome=outcome, promised=promised) is asks


@pytest.mark.parametrize(("lacking", "field"), [
    ({"outcome": Outcome.EXPLAINED}, "basis"),
    ({"outcome": Outcome.NOT_YET}, "review_on"),
    ({"outcome": Outcome.REFERRED}, "legal_route"),
    ({"outcome": Outcome.SOLVED, "shown": False}, "evidence"),
    ({"outcome": Outcome.PARTLY, "shown": False}, "evidence"),
    ({"outcome": Outcome.EXPLAINED, "basis": "办法第三条", "promised_on": "2020-05-01"}, "promised_on"),
    ({"outcome": Outcome.SOLVED, "owed": True}, "outcome"),
])
def test_what_a_reply_still_needs(lacking, field):
    reply = {"basis": "", "review_on": None, "promised_on": None, "route": ""} | lacking
    assert rules.reply_lack(**reply)[0] == field


@pytest.mark.parametrize("said", [
    {"outcome": Outcome.EXPLAINED, "basis": "办法第三条"}, {"outcome": Outcome.REFERRED, "route": "向法院起诉"},
    {"outcome": Outcome.NOT_YET, "review_on": "2020-07-01"}, {"outcome": Outcome.SOLVED, "promised_on": "2020-06-01"},
])
def test_what_may_stand_in_the_place_of_a_promise(said):
    reply = {"basis": "", "review_on": None, "promised_on": None, "route": ""} | said
    assert rules.reply_lack(**reply, owed=True) is None


@pytest.mark.parametrize(("attempts", "enough"), [
    ([("2020-03-02", "phone"), ("2020-03-03", "phone"), ("2020-03-04", "visit")], True),
    ([("2020-03-02", "phone"), ("2020-03-03", "phone"), ("2020-03-04", "phone")], False),
    ([("2020-03-02", "phone"), ("2020-03-02", "visit"), ("2020-03-03", "phone")], False),
    ([], False),
])
def test_three_days_two_means(attempts, enough):
    assert rules.attempts_suffice(attempts) is enough


facts = st.builds(
    rules.Facts, state=st.sampled_from(State), paused=st.booleans(), objection_open=st.booleans(),
    objections=st.integers(0, 2), extensions=st.integers(0, 2), extension_open=st.booleans(),
    evidence=st.integers(0, 3), promised=st.booleans(), supervised=st.booleans(), rejections=st.integers(0, 2),
    disputed=st.booleans(), proposed=st.booleans(), silent=st.booleans())


@given(facts)
def test_open_moves_are_exactly_those_without_obstacle(now):
    for verb in rules.MOVES:
        open_now = verb in rules.open_moves(now)
        assert open_now == (rules.obstacle(verb, now) is None)
        if open_now:
            assert rules.next_state(now.state, verb) in State


@given(st.lists(st.sampled_from(sorted(rules.MOVES)), max_size=60))
def test_a_random_walk_ends_only_by_a_named_ending(verbs):
    state = State.SUBMITTED
    for verb in verbs:
        if state in rules.MOVES[verb].sources:
            before, state = state, rules.next_state(state, verb)
            if state in ENDED and before not in ENDED:
                assert verb in {"close", "withdraw", "merge"}


def test_every_state_can_be_reached_and_left_or_is_an_end():
    reached = {State.SUBMITTED} | {move.target for move in rules.MOVES.values() if move.target}
    assert reached == set(State)
    for state in set(State) - ENDED:
        assert any(state in move.sources and move.target for move in rules.MOVES.values()), state


def test_the_diagram_names_every_move_that_changes_the_state():
    drawn = rules.diagram()
    for verb, move in rules.MOVES.items():
        assert (f": {verb}\n" in drawn) == (move.target is not None)


@pytest.mark.parametrize(("cases", "total", "words"), [
    (5, 5, "较有把握"), (6, 10, "较有把握"), (5, 10, "可能"), (4, 4, "可能"), (2, 10, "可能"), (1, 10, "备选"), (1, 100, "备选"),
])
def test_how_sure_a_suggestion_is(cases, total, words):
    assert str(rules.likelihood(cases, total)) == words
