"""DuckDB, plain SQL: on a table sorted by customer and time with short codes (`prepared`), or on the Parquet file (`raw`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asked
import duckdb

EVENTS = """
select customer, epoch_us(time) as us, row_number() over (order by customer, time) as pos, {event} as event, {channel} as channel,
  sum(fresh) over (partition by customer order by time) as go
from (
  select *, case when epoch_us(time) - lag(epoch_us(time)) over mine > {silence}
    and coalesce(sum((event = '{paid}')::int) over (mine rows between unbounded preceding and 1 preceding), 0) = 0
    then 1 else 0 end as fresh
  from read_parquet('{file}') window mine as (partition by customer order by time))
"""
ENDS = """
select customer, go, max(us) as done, min(us) filter (event = '{paid}') as paid, max(go) over (partition by customer) as most
from log group by customer, go
"""


class State:
    """A connection with `log`: a table, or a view of the file."""

    def __init__(self, log: Path, folder: Path, form: str) -> None:
        base = folder / f"base-{form}.duckdb"
        base.unlink(missing_ok=True)
        self.con = duckdb.connect(
            str(base), config={"threads": 2, "memory_limit": "18GB", "temp_directory": str(folder / "spill")}
        )
        self.con.execute("set preserve_insertion_order = true")
        names = [row[0] for row in self.rows(f"select distinct event from read_parquet('{log}') order by 1")]
        channels = [row[0] for row in self.rows(f"select distinct channel from read_parquet('{log}') order by 1")]
        self.con.execute(f"create type event_name as enum ({', '.join(map(repr, names))})")
        self.con.execute(f"create type channel_name as enum ({', '.join(map(repr, channels))})")
        self.channels = channels
        told = EVENTS.format(
            silence=asked.SILENCE, paid=asked.PAID, file=log, event="event::event_name", channel="channel::channel_name"
        )
        kind = "table" if form == "prepared" else "view"
        order = " order by customer, us" if form == "prepared" else ""
        self.con.execute(f"create {kind} log as {told}{order}")
        self.until = int(self.rows(f"select max(epoch_us(time)) from read_parquet('{log}')")[0][0])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.con.execute(sql).fetchall()


NEXT = """
select event as a, lead(event) over mine as b, lead(us) over mine - us as took
from log window mine as (partition by customer, go order by pos)
"""


def counts(state: State) -> dict[str, int]:
    """See asked.py."""
    return {
        f"{a}>{b}": n
        for a, b, n in state.rows(f"select a, b, count(*) from ({NEXT}) where b is not null group by a, b")
    }


def medians(state: State) -> dict[str, list[int]]:
    """See asked.py."""
    sql = f"select a, b, count(*), quantile_disc(took, 0.5) from ({NEXT}) where b is not null group by a, b"
    return {f"{a}>{b}": [n, int(took)] for a, b, n, took in state.rows(sql)}


def funnel(state: State) -> list[int]:
    """See asked.py."""
    steps = asked.FUNNEL
    sql = f"select customer, pos as p0, us as t0, us as t from log where event = '{steps[0]}' and us + {asked.WINDOW} <= {state.until}"
    levels = ["1"]
    keep = "s.customer, s.t0"
    for k, name in enumerate(steps[1:], 1):
        extra = "".join(f", s.l{j}" for j in range(1, k))
        sql = (
            f"select {keep}{extra}, e.pos as p{k}, (e.us - s.t0 <= {asked.WINDOW})::int as l{k} from ({sql}) s "
            f"asof left join (select customer, pos, us from log where event = '{name}') e on s.customer = e.customer and s.p{k - 1} < e.pos"
        )
        levels.append(f"coalesce(l{k}, 0)")
    best = f"select customer, max({' + '.join(levels)}) as best from ({sql}) group by customer"
    found = dict(state.rows(f"select best, count(*) from ({best}) group by best"))
    return [sum(n for best, n in found.items() if best >= k) for k in range(1, len(steps) + 1)]


def steps(state: State) -> dict[str, int]:
    """See asked.py."""
    sql = f"""select place, event, count(*) from (select event, row_number() over (partition by customer, go order by pos) as place
      from log)
      where place <= {asked.STEPS} group by place, event"""
    return {f"{place}:{event}": n for place, event, n in state.rows(sql)}


def cohorts(state: State) -> dict[str, int]:
    """See asked.py."""
    monday = "(us - 345600000000) // 604800000000"  # weeks since Monday 5 January 1970
    sql = f"""with acts as (select distinct customer, {monday} as week from log),
      born as (select customer, min(week) as cohort from acts group by customer)
      select cohort, week - cohort as age, count(*) from acts join born using (customer)
      where week - cohort <= {asked.AGES} and (week + 1) * 604800000000 + 345600000000 <= {state.until} group by 1, 2"""
    return {f"{cohort}:{age}": n for cohort, age, n in state.rows(sql)}


TOUCHES = f"""with ends as ({ENDS.format(paid=asked.PAID)}),
touches as (select customer, go, pos, l.us, channel, paid, lag(channel) over (partition by customer, go order by pos) as before
  from log l join ends using (customer, go)
  where l.us <= coalesce(paid, done) and (paid is not null or go < most or done + {asked.SILENCE} < {{until}})),
kept as (select * from touches where before is null or before <> channel)"""


def markov(state: State) -> dict[str, float]:
    """See asked.py."""
    sql = f"""{TOUCHES.format(until=state.until)}
      select before, channel, count(*) from kept group by 1, 2 union all
      select last, case when won then 'paid' else 'left' end, count(*) from
        (select max_by(channel, pos) as last, any_value(paid) is not null as won from kept group by customer, go) group by 1, 2"""
    names = state.channels
    place = {name: k for k, name in enumerate(names)} | {"paid": len(names), "left": len(names) + 1, None: len(names)}
    chain = [[0.0] * (len(names) + 2) for _ in range(len(names) + 1)]
    for a, b, n in state.rows(sql):
        chain[place[a]][place[b]] += n
    return dict(zip(names, asked.removal(chain), strict=True))


def shapley(state: State) -> dict[str, float]:
    """See asked.py."""
    sql = f"""{TOUCHES.format(until=state.until)}
      select used, count(*) from
        (select bit_or(1::bigint << enum_code(channel)) as used from kept where paid is not null group by customer, go)
      group by used"""
    credit = dict.fromkeys(state.channels, 0.0)
    rows = state.rows(sql)
    for used, n in rows:
        mine = [name for k, name in enumerate(state.channels) if used >> k & 1]
        for name in mine:
            credit[name] += n / len(mine)
    whole = sum(n for _, n in rows)
    return {name: value / whole for name, value in credit.items()}


def leaving(state: State) -> dict[str, int]:
    """See asked.py."""
    sql = f"""with ends as ({ENDS.format(paid=asked.PAID)}),
      seen as (select customer, go, pos, event, lag(event) over (partition by customer, go order by pos) as before from log join
        (select customer, go from ends where paid is null and (go < most or done + {asked.SILENCE} < {state.until})) using (customer, go)),
      ranked as (select customer, go, pos, event, row_number() over (partition by customer, go order by pos desc) as back
        from seen where before is null or before <> event)
      select path, count(*) from (select case when max(back) > {asked.LAST} then '… > ' else '' end
        || string_agg(event, ' > ' order by pos) filter (back <= {asked.LAST}) as path from ranked group by customer, go)
      group by path order by 2 desc limit 200"""
    return dict(state.rows(sql))


if __name__ == "__main__":
    mine = globals()
    asked.main(State, {name: mine[name] for name in asked.QUESTIONS})
