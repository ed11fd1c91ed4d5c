"""Facts from CSV and Parquet, matches into both; the command that does it, and its refusals."""

import csv
import json
from random import Random

import duckdb
import pytest
from django.core.management import call_command

from qinqing.eligibility import bulk, columns, tables
from qinqing.eligibility.catalogue import Kind
from qinqing.eligibility.faults import Broken

from .random_rules import ON, USABLE, Maker
from .rules import STANDARD, book
from .test_policies import EXAMPLES

HEAD = "code,region,industry,size,blacklisted,founded,equip_inv,revenue,rd_exp,hightech,patents"
ROWS = [
    "A1,510802,C1521,小型,false,2020-01-01,500000000,100万元,3000000,true,2",
    "A2,510802,C1521,micro,false,2020-01-01,49999.99元,100万元,,true,2",
    "A3,440300,C1521,,1,2026-01-01,,,,,",
]


def table(tmp_path, *lines, head=HEAD):
    path = tmp_path / "facts.csv"
    path.write_text("\n".join([head, *lines]) + "\n")
    return tables.Table(path, STANDARD)


def told(tmp_path, *lines, head=HEAD):
    with pytest.raises(Broken) as broken:
        table(tmp_path, *lines, head=head)
    return [str(fault) for fault in broken.value.faults]


def test_a_table_is_read_as_json_is(tmp_path):
    read = table(tmp_path, *ROWS)
    query = "SELECT code, size, equip_inv, revenue, blacklisted, founded FROM facts ORDER BY code"
    day = STANDARD.facts["founded"].read
    assert read.connection.execute(query).fetchall() == [
        ("A1", 1, 500_000_000, 100_000_000, 0, day("2020-01-01")),
        ("A2", 0, 4_999_999, 100_000_000, 0, day("2020-01-01")),
        ("A3", None, None, None, 1, day("2026-01-01")),
    ]
    assert read.warnings == []


@pytest.mark.parametrize(("line", "words"), [
    ("A1,510802,C1521,小形,false,2020-01-01,5,5,5,true,2", "第 3 行 size: 没有“小形”，是不是“小型”？"),
    ("A1,510802,C1521,小型,maybe,2020-01-01,5,5,5,true,2", "第 3 行 blacklisted: 只能是 true 或 false"),
    ("A1,510802,C1521,小型,false,2020-13-01,5,5,5,true,2", "第 3 行 founded: “2020-13-01”不是日期"),
    ("A1,510802,C1521,小型,false,2020-01-01,5.5,5,5,true,2", "第 3 行 equip_inv: “5.5”要写单位"),
    ("A1,510802,C1521,小型,false,2020-01-01,-5,5,5,true,2", "第 3 行 equip_inv: “-5”不在设备投资的范围里"),
    ("A1,510802,C15X,小型,false,2020-01-01,5,5,5,true,2", "第 3 行 industry: “C15X”不是国民经济行业代码"),
    ("A0,510802,C1521,小型,false,2020-01-01,5,5,5,true,2", "第 3 行 code: 企业代码“A0”出现了两次"),
    (",510802,C1521,小型,false,2020-01-01,5,5,5,true,2", "第 3 行 code: 没有企业代码"),
])
def test_each_fault_names_its_row_and_column(tmp_path, line, words):
    (fault,) = told(tmp_path, "A0,510802,C1521,小型,false,2020-01-01,5,5,5,true,2", line)
    assert fault.startswith(words)


@pytest.mark.parametrize(("head", "words"), [
    ("code,revenu", "revenu: 没有这个事实“revenu”，是不是“revenue”（营业收入）？"),
    ("cod,revenue", "code: 缺少企业代码这一列 code，是不是“cod”？"),
])
def test_each_column_has_a_name_that_is_known(tmp_path, head, words):
    assert told(tmp_path, "A1,5", head=head)[0] == words


def test_money_that_is_too_small_throughout_is_warned_about(tmp_path):
    read = table(tmp_path, *(f"A{n},{n + 100}" for n in range(30)), head="code,revenue")
    assert [(fault.path, fault.is_warning) for fault in read.warnings] == [("revenue", True)]


@pytest.mark.parametrize("name", ["nothing.csv", "facts.xlsx"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, name):
    with pytest.raises(Broken) as broken:
        tables.Table(tmp_path / name, STANDARD)
    assert broken.value.faults[0].path == name


# —— the command ——

@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = 0
        try:
            call_command("rules", *map(str, arguments))
        except SystemExit as ended:
            code = ended.code
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err
    return run


@pytest.fixture
def examples(tmp_path):
    path = tmp_path / "policies.json"
    path.write_text(json.dumps(EXAMPLES))
    return path


def test_check_is_silent_about_what_is_right(run, examples):
    assert run("check", examples) == (0, {"policies": 10, "errors": [], "warnings": []}, "")


def test_check_names_each_fault(run, tmp_path):
    (tmp_path / "bad.json").write_text(json.dumps([{"id": "p", "title": "x", "where": {"fact": "hired_grad", "ge": "1人"}}]))
    code, found, err = run("check", tmp_path / "bad.json")
    assert (code, [fault["path"] for fault in found["errors"]]) == (1, ["[0](p).where"])
    assert "是不是“hired_grads”" in err


@pytest.mark.parametrize(("name", "text"), [("a.json", "[{]"), ("a.json", None), ("b.json", "\udcff")])
def test_what_cannot_be_read_ends_with_one_line(run, tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    code, found, err = run("check", tmp_path / name)
    assert (code, found, len(err.strip().splitlines())) == (2, None, 1)


def test_explain_tells_distances_and_what_to_ask(run, tmp_path, examples):
    facts = {"code": "A1", "region": "510802", "blacklisted": False, "industry": "C1521", "founded": "2020-01-01"}
    facts["equip_inv"] = "320万元"
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    code, found, _ = run("explain", "--policies", examples, "--facts", tmp_path / "facts.json", "--on", "2026-11-23")
    (result,) = [each for each in found["results"] if each["policy"] == "jigai"]
    assert (code, found["code"], result["result"], result["headline"]) == (0, "A1", "not_eligible", "还差 180 万元")
    assert result["changes"] == [
        {"fact": "equip_inv", "label": "设备投资", "have": 320_000_000, "needed": 500_000_000, "distance": "180 万元"}]
    assert result["amount_fen_then"] == 40_000_000
    assert found["ask_next"][-1]["decides"] == sum(each["result"] == "unknown" for each in found["results"])


def test_facts_that_cannot_be_read_are_told(run, tmp_path, examples):
    (tmp_path / "facts.json").write_text(json.dumps({"revenue": "5人"}))
    code, found, err = run("explain", "--policies", examples, "--facts", tmp_path / "facts.json")
    assert (code, found, err.strip()) == (2, None, "revenue: 这里要的是金额（元），“5人”是人数")


def as_csv(path, enterprises):
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", *USABLE])
        rows.writerows([f"E{n:03d}", *(written(STANDARD.facts[name], facts.get(name)) for name in USABLE)]
                       for n, facts in enumerate(enterprises))


def written(fact, value):
    if value is None:
        return ""
    if fact.kind is Kind.ENUM:
        return fact.choices[value].code
    return bool(value) if fact.kind is Kind.FLAG else value if fact.kind is Kind.NUMBER else fact.say(value)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_match_writes_the_same_by_either_engine(run, tmp_path, suffix):
    maker = Maker(Random(7))
    enterprises = [maker.facts(missing=0.2) for _ in range(80)]
    content = maker.policies(20)
    as_csv(tmp_path / "facts.csv", enterprises)
    (tmp_path / "policies.json").write_text(json.dumps(content))
    duckdb.execute(f"COPY (SELECT * FROM read_csv('{tmp_path}/facts.csv', all_varchar = true)) TO '{tmp_path}/facts.parquet'")
    given = ("--policies", tmp_path / "policies.json", "--facts", tmp_path / f"facts{suffix}", "--on", ON.isoformat())
    results = {}
    for engine in ("bits", "duckdb"):
        code, found, err = run("match", *given, "--out", tmp_path / f"{engine}{suffix}", "--engine", engine)
        assert (code, err) == (0, "")
        read = "read_csv" if suffix == ".csv" else "read_parquet"
        rows = duckdb.execute(f"SELECT * FROM {read}('{tmp_path}/{engine}{suffix}')").fetchall()
        results[engine] = found["policies"], rows
    assert results["bits"] == results["duckdb"]
    table_ = columns.gathered(((f"E{n:03d}", facts) for n, facts in enumerate(enterprises)), STANDARD, ON)
    expected = bulk.totals(table_, bulk.Interned(book(*content)))
    assert [each["eligible"] for each in results["bits"][0]] == [each.eligible for each in expected]
    assert len(results["bits"][1]) == sum(each.eligible for each in expected) > 0


def test_match_takes_nothing_of_a_table_with_faults(run, tmp_path, examples):
    (tmp_path / "facts.csv").write_text("code,revenue\nA1,5人\n")
    code, found, err = run("match", "--policies", examples, "--facts", tmp_path / "facts.csv", "--out", tmp_path / "out.csv")
    assert (code, found, (tmp_path / "out.csv").exists()) == (2, None, False)
    assert err.strip() == "第 2 行 revenue: 这里要的是金额（元），“5人”是人数"
