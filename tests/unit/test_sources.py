"""Sources: what a query may say, what files become tables, and that nothing leaks or leaves its folder."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest

from generator.collect.connection import opened
from generator.collect.fault import SourceFaultError
from generator.collect.query import read_statement, translated
from generator.model.source_system import SourceSystem

DAY = datetime.date(2026, 1, 1)


def asked(root: Path, text: str, **parameters: object) -> list[tuple[object, ...]]:
    with opened(SourceSystem(id="erp"), root, {}) as link:
        return sorted(link.run(text, "x.yml:1", parameters).rows, key=repr)


def refused(root: Path, text: str, **parameters: object) -> str:
    with pytest.raises(SourceFaultError) as fault:
        asked(root, text, **parameters)
    return str(fault.value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    raw = tmp_path / "data/raw"
    raw.mkdir(parents=True)
    (raw / "Orders 2026.csv").write_text(
        "id,paid_on,days\n1,2026-01-05,3\n2,2026-02-07,5\n", encoding="utf-8"
    )
    (raw / "客户.csv").write_bytes("编号,名称\n1,华东公司\n".encode("gb18030"))
    with gzip.open(raw / "lines.csv.gz", "wt") as file:
        file.write("id,line\n1,1\n1,2\n2,1\n")
    (raw / "events").mkdir()
    (raw / "events/a.json").write_text('[{"case": 1, "at": "2026-01-01"}]')
    (raw / "events/b.json").write_text('[{"case": 2, "at": "2026-01-02"}]')
    (raw / "paid").mkdir()
    for number in (1, 2):
        duckdb.execute(
            f"copy (select {number} as id, date '2026-05-01' as on_day, {number}.50::decimal(9, 2) as amount)"
            f" to '{raw}/paid/{number}.parquet' (format parquet)"
        )
    (raw / "calls.jsonl").write_text('{"id": 1, "took": 2.5}\n{"id": 2, "took": null}\n')
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "when", "amount", "code"], [1, datetime.date(2026, 3, 1), 2.5, "A"], [2, None, 4, 7]):
        sheet.append(row)
    book.create_sheet("Second").append(["only"])
    book.save(raw / "book.xlsx")
    return tmp_path


def test_each_file_and_each_folder_is_a_table(root: Path) -> None:
    assert asked(root, "select id, days from orders_2026") == [(1, 3), (2, 5)]
    assert asked(root, "select 名称 from 客户") == [("华东公司",)]
    assert asked(root, "select count(*) from lines") == [(3,)]
    assert asked(root, 'select "case" from events') == [(1,), (2,)]
    assert asked(root, "select id, amount::double, month(on_day) from paid") == [(1, 1.5, 5), (2, 2.5, 5)]
    assert asked(root, "select id, took from calls") == [(1, 2.5), (2, None)]
    assert asked(root, 'select id, amount, code, year("when") from book') == [
        (1.0, 2.5, "A", 2026),
        (2.0, 4.0, "7", None),
    ]
    assert asked(root, "select * from book_second") == []


def test_a_workbook_that_would_fill_the_memory_is_refused(root: Path) -> None:
    """One that unpacks to 401 MB, one whose part holds more than it says, one with a cell in the last row."""
    file = root / "data/raw/large.xlsx"
    with ZipFile(file, "w", 8) as packed, packed.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(401):
            part.write(bytes(1_000_000))
    assert "large.xlsx: is larger than 100 MB; save it as CSV" in refused(root, "select * from large")
    with ZipFile(root / "data/raw/book.xlsx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    (sheet,) = (name for name in parts if name.endswith("sheet1.xml"))
    with ZipFile(file, "w", 8) as packed:
        for name, data in parts.items():
            packed.writestr(name, data + b" " * 3_000_000 if name == sheet else data)
    said = bytearray(file.read_bytes())
    size = (len(parts[sheet]) + 3_000_000).to_bytes(4, "little")
    assert said.count(size) == 2
    file.write_bytes(said.replace(size, (100).to_bytes(4, "little")))
    assert "large.xlsx: is larger than 100 MB" in refused(root, "select * from large")
    with ZipFile(file, "w", 8) as packed:
        far = b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
        for name, data in parts.items():
            packed.writestr(name, data.replace(b"</sheetData>", far) if name == sheet else data)
    assert "large.xlsx: has a sheet of more than 5,000,000 cells" in refused(root, "select * from large")


def test_parameters_are_bound_and_never_written_into_the_query(root: Path) -> None:
    found = asked(root, "select id, '12:30 :from' from orders_2026 where paid_on >= :from", **{"from": DAY})
    assert found == [(1, "12:30 :from"), (2, "12:30 :from")]
    assert ":to is not bound" in refused(root, "select 1 where now() > :to", **{"from": DAY})
    assert asked(root, "select ([1,2,3])[1:2], '7'::int") == [([1, 2], 7)]
    found = asked(
        root, "select id from orders_2026 where paid_on>=:from and (:from)<=paid_on", **{"from": DAY}
    )
    assert found == [(1,), (2,)]


def test_models_stand_in_front_once_and_may_use_each_other(root: Path) -> None:
    models = root / "data/models"
    models.mkdir()
    (models / "paid.sql").write_text("select * from orders_2026 where paid_on >= :from")
    (models / "slow.sql").write_text(
        "with five as (select 5 as least) select p.* from paid p, five where days >= least"
    )
    text = "select slow.id, (select count(*) from paid) from slow"
    assert asked(root, text, **{"from": DAY}) == [(2, 2)]
    (models / "paid.sql").write_text("select * from slow")
    assert "data/models/slow.sql: uses itself, by way of slow and paid" in refused(
        root, text, **{"from": DAY}
    )


@pytest.mark.parametrize(
    "text",
    [
        "drop table orders_2026",
        "select 1; select 2",
        "copy (select 1) to 'x.csv'",
        "with gone as (delete from a returning *) select * from gone",
        "attach 'x.db'",
        "set memory_limit = '9GB'",
        "install httpfs",
        "",
        "this is no sql (",
    ],
)
def test_only_one_select_is_taken(root: Path, text: str) -> None:
    assert refused(root, text).startswith("x.yml:1")


@pytest.mark.parametrize(
    "text",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('{root}/outside.txt')",
        "select * from read_text('{root}/data/raw/../../outside.txt')",
        "select * from glob('/etc/*')",
    ],
)
def test_nothing_outside_the_source_is_read(root: Path, text: str) -> None:
    (root / "outside.txt").write_text("kept apart")
    assert "Permission" in refused(root, text.replace("{root}", str(root)))
    (root / "data/raw/linked.csv").symlink_to(root / "outside.txt")
    assert "linked.csv is a link that leads out" in refused(root, "select * from linked")


def test_what_is_not_there_is_told_with_what_is(root: Path) -> None:
    assert "no table 'oders_2026'; did you mean 'orders_2026'?" in refused(root, "select * from oders_2026")
    assert "x.yml:1: Binder Error" in refused(root, "select nothing from orders_2026")
    with (
        pytest.raises(SourceFaultError, match="there is no data/other"),
        opened(SourceSystem(id="erp", path="data/other"), root, {}),
    ):
        pass


def test_a_query_is_put_into_the_dialect_of_the_engine_or_refused_with_its_place() -> None:
    text = "select date_trunc('month', d) as period, count(*) filter (where late) as numerator"
    text += " from t where d >= :from"
    made = {
        name: translated(read_statement(text, "p", {}), name, lambda one: f":{one}")
        for name in ("postgres", "spark", "mysql")
    }
    assert made["postgres"].endswith("FILTER(WHERE late) AS numerator FROM t WHERE d >= :from")
    assert made["spark"].endswith("FILTER(WHERE late) AS numerator FROM t WHERE d >= :from")
    assert "COUNT(CASE WHEN late THEN 1 END) AS numerator" in made["mysql"]
    for dialect, odd in (
        ("postgres", "select * from a asof join b on a.x >= b.x"),
        ("spark", "select * exclude (x) from a"),
        ("mysql", "select date_diff('hour', a, b) from t"),
        ("spark", "select date_diff('month', a, b) from t"),
        ("mysql", "select median(a) from t"),
    ):
        statement = read_statement(odd, "data/indicators/i.yml:7", {})
        expected = f"data/indicators/i.yml:7: cannot be put into the SQL of {dialect}"
        with pytest.raises(SourceFaultError, match=expected):
            translated(statement, dialect, lambda one: f":{one}")


def test_quantiles_are_exact_and_moments_have_no_zone_on_spark() -> None:
    """sqlglot by itself makes percentile_approx, and whole seconds by the session's zone, without a word."""
    text = "select quantile_cont(x, 0.9), percentile_cont(0.9) within group (order by x desc) as d"
    made = translated(read_statement(f'{text}, y collate "C" as y from t', "p", {}), "spark", str)
    assert made == "SELECT PERCENTILE(x, 0.9), PERCENTILE(x, (1 - 0.9)) AS d, y AS y FROM t"
    made = translated(read_statement("select epoch(x) from t", "p", {}), "spark", str)
    since = "(CAST(x AS TIMESTAMP_NTZ) - CAST('1970-01-01' AS TIMESTAMP_NTZ))"
    assert made.startswith(
        f"SELECT (EXTRACT(DAY FROM {since}) * 86400 + EXTRACT(HOUR FROM {since}) * 3600 + "
    )


def test_no_address_user_or_password_is_in_any_message(tmp_path: Path) -> None:
    system = SourceSystem(id="w", kind="postgres", address="WHERE", password="SECRET")
    environment = {"WHERE": "postgresql://reader-7@no-such-host.invalid:1/db", "SECRET": "p@ss-word-9"}
    with pytest.raises(SourceFaultError) as fault, opened(system, tmp_path, environment) as link:
        link.run("select 1", "p")
    said = (
        str(fault.value)
        + repr(fault.value)
        + repr(fault.value.__context__ and fault.value.__suppress_context__)
    )
    assert "look at WHERE, SECRET" in said
    for secret in ("reader-7", "no-such-host", "p@ss-word-9", "p%40ss"):
        assert secret not in said
    with (
        pytest.raises(SourceFaultError, match="the environment has no SECRET"),
        opened(system, tmp_path, {"WHERE": "postgresql://a/b"}),
    ):
        pass


@pytest.mark.parametrize(
    ("kind", "address", "password", "said"),
    [
        ("postgres", "postgresql://a@host/db\n", "p", "what WHERE holds, its address, has a line break"),
        ("postgres", "postgresql://a@host/db", "p-9\n", "what SECRET holds, its password, has a line break"),
        ("postgres", "postgresql://a@host/db", "p-9\udcff", "what SECRET holds, its password, has a line"),
        ("postgres", "postgresql://a@host:x9/db", "p", "what WHERE holds is no address"),
        ("postgres", "postgresql://a@host/db?plugin=x9", "p", "what WHERE holds may load no plugin"),
        ("mysql", "mysql://a@host/db?isolation_level=x9", "p", "WHERE"),
        ("spark", "http://host:15002", "p", "what WHERE holds is no address like sc://host:15002"),
        ("spark", "sc://host:15002", "a;user_id=b", "what SECRET holds has a ;"),
    ],
)
def test_what_the_environment_holds_is_refused_in_words_and_never_repeated(
    tmp_path: Path, kind: str, address: str, password: str, said: str
) -> None:
    system = SourceSystem(id="w", kind=kind, address="WHERE", password="SECRET")
    with (
        pytest.raises(SourceFaultError, match=said) as fault,
        opened(system, tmp_path, {"WHERE": address, "SECRET": password}) as link,
    ):
        link.run("select 1", "p")
    for secret in ("a@host", "p-9", "x9", "user_id"):
        assert secret not in str(fault.value)


def test_a_database_is_asked_in_a_transaction_that_only_reads(tmp_path: Path) -> None:
    system = SourceSystem(id="w", kind="sqlite", address="WHERE")
    with opened(system, tmp_path, {"WHERE": f"sqlite:///{tmp_path / 'a.db'}"}) as link:
        assert link.run("select :from as a, ':from' as b", "p", {"from": "x:y"}).rows == [("x:y", ":from")]
        with pytest.raises(SourceFaultError, match="p: no such table: t"):
            link.run("select * from t", "p")


def test_a_driver_that_connects_late_tells_no_address_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trino's asks by HTTP at the first query, and what fails there is no fault of a database's driver."""

    def fails(*_: object) -> None:
        raise ConnectionError("HTTPConnectionPool(host='db-7.corp', port=8443): refused")

    system = SourceSystem(id="w", kind="sqlite", address="WHERE")
    with opened(system, tmp_path, {"WHERE": f"sqlite:///{tmp_path / 'a.db'}"}) as link:
        monkeypatch.setattr("sqlalchemy.engine.Connection.execute", fails)
        with pytest.raises(SourceFaultError) as fault:
            link.run("select 1", "p")
    assert str(fault.value) == (
        "source 'w': cannot be reached, or refuses the log-in (ConnectionError); look at WHERE"
    )


def test_a_workbook_with_a_password_is_told_by_its_name(root: Path) -> None:
    """Bit 0 of a part's flags says that it is encrypted, at byte 6 of its own head and 8 of the directory."""
    file = root / "data/raw/locked.xlsx"
    data = bytearray((root / "data/raw/book.xlsx").read_bytes())
    for head, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(head)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(head, at + 4)
    file.write_bytes(data)
    assert "locked.xlsx: cannot be read as a workbook" in refused(root, "select * from locked")
