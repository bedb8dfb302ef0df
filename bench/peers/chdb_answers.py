"""ClickHouse in the process (chDB), on a MergeTree table ordered by customer and time with enum-like codes (`prepared`)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import asked
from chdb import session

CODES = """
select customer, at, event, channel, sum(fresh) over (partition by customer order by at rows unbounded preceding) as go
from (
  select customer, at, event, channel,
    if(n > 1 and at - before > {silence} and paid_before = 0, 1, 0) as fresh
  from (
    select customer, toUInt64(toUnixTimestamp64Micro(time)) as at, event, channel,
      row_number() over mine as n, lagInFrame(toUInt64(toUnixTimestamp64Micro(time))) over mine as before,
      sum(event = '{paid}') over (partition by customer order by time rows between unbounded preceding and 1 preceding) as paid_before
    from file('{file}', Parquet)
    window mine as (partition by customer order by time rows between unbounded preceding and current row)))
"""


class State:
    """A session with the table `log`, and `cases` beside it."""

    def __init__(self, log: Path, folder: Path, form: str) -> None:
        shutil.rmtree(folder / "chdb", ignore_errors=True)
        self.session = session.Session(str(folder / "chdb"))
        self.session.query("create database if not exists bench engine = Atomic")
        self.session.query("set max_threads = 2")
        self.session.query(
            "create table bench.log (customer Int64, at UInt64, event LowCardinality(String), channel LowCardinality(String), go UInt32) "
            "engine = MergeTree order by (customer, at)"
        )
        self.session.query("insert into bench.log " + CODES.format(silence=asked.SILENCE, paid=asked.PAID, file=log))
        self.session.query("optimize table bench.log final")
        self.until = self.rows("select max(at) as until from bench.log")[0]["until"]
        self.channels = sorted(row["channel"] for row in self.rows("select distinct channel from bench.log"))
        self.session.query(
            "create table bench.cases engine = MergeTree order by (customer, go) as select customer, go, max(at) as done, "
            f"minIf(at, event = '{asked.PAID}') as first_paid, countIf(event = '{asked.PAID}') > 0 as paid, "
            "max(go) over (partition by customer) as most from bench.log group by customer, go"
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a query."""
        told = str(self.session.query(sql + " settings output_format_json_quote_64bit_integers = 0", "JSONEachRow"))
        return [json.loads(line) for line in told.splitlines() if line]


NEXT = """select event as a, leadInFrame(event) over mine as b, leadInFrame(at) over mine as then, at, row_number() over mine as n,
  count() over (partition by customer, go) as size from bench.log
  window mine as (partition by customer, go order by at rows between unbounded preceding and unbounded following)"""


def counts(state: State) -> dict[str, int]:
    """See asked.py."""
    rows = state.rows(f"select a, b, count() as hits from ({NEXT}) where n < size group by a, b")
    return {f"{row['a']}>{row['b']}": row["hits"] for row in rows}


def medians(state: State) -> dict[str, list[int]]:
    """See asked.py."""
    sql = f"select a, b, count() as hits, quantileExactLow(0.5)(then - at) as took from ({NEXT}) where n < size group by a, b"
    return {f"{row['a']}>{row['b']}": [row["hits"], row["took"]] for row in state.rows(sql)}


def funnel(state: State) -> list[int]:
    """See asked.py: `windowFunnel`, which tells no times."""
    first, *rest = asked.FUNNEL
    conditions = ", ".join(
        [f"event = '{first}' and at + {asked.WINDOW} <= {state.until}", *(f"event = '{name}'" for name in rest)]
    )
    best = f"select customer, windowFunnel({asked.WINDOW})(at, {conditions}) as best from bench.log group by customer"
    sql = f"select best, count() as n from ({best}) group by best"
    found = {row["best"]: row["n"] for row in state.rows(sql)}
    return [sum(n for best, n in found.items() if best >= k) for k in range(1, len(asked.FUNNEL) + 1)]


def steps(state: State) -> dict[str, int]:
    """See asked.py."""
    sql = f"""select place, event, count() as n from
      (select event, row_number() over (partition by customer, go order by at) as place from bench.log)
      where place <= {asked.STEPS} group by place, event"""
    return {f"{row['place']}:{row['event']}": row["n"] for row in state.rows(sql)}


def cohorts(state: State) -> dict[str, int]:
    """See asked.py."""
    sql = f"""select cohort, week - cohort as age, count() as n from
      (select customer, arrayJoin(groupUniqArray(intDiv(at - 345600000000, 604800000000)) as weeks) as week, arrayMin(weeks) as cohort
        from bench.log group by customer)
      where age <= {asked.AGES} and (week + 1) * 604800000000 + 345600000000 <= {state.until} group by cohort, age"""
    return {f"{row['cohort']}:{row['age']}": row["n"] for row in state.rows(sql)}


def _paths(state: State, *, won: bool) -> str:
    end = "c.paid" if won else f"(c.paid or c.go < c.most or c.done + {asked.SILENCE} < {state.until})"
    return f"""select any(c.paid) as won, arrayCompact(arrayMap(x -> x.2, arraySort(x -> x.1,
        groupArrayIf((l.at, l.channel), l.at <= if(c.paid, c.first_paid, c.done))))) as path
      from bench.log l join bench.cases c on l.customer = c.customer and l.go = c.go where {end} group by l.customer, l.go"""


def markov(state: State) -> dict[str, float]:
    """See asked.py."""
    names = state.channels
    place = {name: k for k, name in enumerate(names)} | {"": len(names), "paid": len(names), "left": len(names) + 1}
    chain = [[0.0] * (len(names) + 2) for _ in range(len(names) + 1)]
    sql = f"""select step.1 as a, step.2 as b, count() as n from
      (select arrayJoin(arrayZip(arrayPushFront(path, ''), arrayPushBack(path, if(won, 'paid', 'left')))) as step from
        (select won, arrayMap(x -> toString(x), path) as path from ({_paths(state, won=False)}))) group by a, b"""
    for row in state.rows(sql):
        chain[place[row["a"]]][place[row["b"]]] += row["n"]
    return dict(zip(names, asked.removal(chain), strict=True))


def shapley(state: State) -> dict[str, float]:
    """See asked.py."""
    sql = f"select used, count() as n from (select arraySort(arrayDistinct(path)) as used from ({_paths(state, won=True)})) group by used"
    credit = dict.fromkeys(state.channels, 0.0)
    rows = state.rows(sql)
    for row in rows:
        for name in row["used"]:
            credit[name] += row["n"] / len(row["used"])
    whole = sum(row["n"] for row in rows)
    return {name: value / whole for name, value in credit.items()}


def leaving(state: State) -> dict[str, int]:
    """See asked.py."""
    sql = f"""select concat(if(length(path) > {asked.LAST}, '… > ', ''), arrayStringConcat(arraySlice(path, -{asked.LAST}), ' > ')) as told,
      count() as n from
      (select arrayCompact(arrayMap(x -> toString(x.2), arraySort(x -> x.1, groupArray((l.at, l.event))))) as path
        from bench.log l join bench.cases c on l.customer = c.customer and l.go = c.go
        where not c.paid and (c.go < c.most or c.done + {asked.SILENCE} < {state.until}) group by l.customer, l.go)
      group by told order by n desc limit 200"""
    return {row["told"]: row["n"] for row in state.rows(sql)}


if __name__ == "__main__":
    mine = globals()
    asked.main(State, {name: mine[name] for name in asked.QUESTIONS})
