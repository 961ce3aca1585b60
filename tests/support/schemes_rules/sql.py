"""A witness: PostgreSQL judges applications in numeric euros and its own time zones, from the file alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from support.schemes_rules.decimals import APPLICANTS, NO_DAY

I64 = npt.NDArray[np.int64]
COLUMNS = ("row", "moment", "applicant", "category", "quantity", "costs", "own", "start", "met", "score", "person",
           "employer")  # fmt: skip
TABLE = """
CREATE TEMPORARY TABLE asked (
  row bigint, moment timestamptz, applicant text, category text, quantity bigint, costs numeric, own numeric,
  start date, met bigint, score bigint, person bigint, employer bigint
) ON COMMIT DROP
"""


def judge_in_sql(values: Mapping[str, Any], columns: Mapping[str, I64], *, is_exercise: bool) -> list[tuple[int, str]]:
    """Cents and the name of the reason for every row. Needs an open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.asked")
        cursor.execute(TABLE)
        with cursor.copy(f"COPY asked ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            copy.write("".join(_lines(values, columns)))
        cursor.execute(_query(values, is_exercise))
        return [(int(cents), reason) for cents, reason in cursor.fetchall()]


def _lines(values: Mapping[str, Any], columns: Mapping[str, I64]) -> list[str]:
    codes = [one["code"] for one in values.get("categories") or []]
    moments = np.datetime_as_string(columns["complete_at"].astype("datetime64[us]"))
    starts = np.datetime_as_string(np.where(columns["start"] == NO_DAY, 0, columns["start"]).astype("datetime64[D]"))
    lists = {name: columns[name].tolist() for name in columns}
    lines = []
    for row, moment in enumerate(moments):
        applicant, category = lists["applicant"][row], lists["category"][row]
        fields = (
            row,
            f"{moment}Z",
            APPLICANTS[applicant] if 0 <= applicant < len(APPLICANTS) else "\\N",
            codes[category] if 0 <= category < len(codes) else "\\N",
            lists["quantity"][row],
            _euros(lists["cost_cents"][row]),
            _euros(lists["own_cents"][row]),
            "\\N" if lists["start"][row] == NO_DAY else starts[row],
            *(lists[name][row] for name in ("met", "score", "person", "employer")),
        )
        lines.append("\t".join(map(str, fields)) + "\n")
    return lines


def _euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _query(values: Mapping[str, Any], is_exercise: bool) -> str:
    windows = sorted(values["periods"], key=lambda one: one["opens"])
    found = " UNION ALL ".join(
        f"SELECT '{one['id']}', {_local(one['opens'])} , {_local(one['closes'])} + interval '1 second'"
        for one in windows
    )
    cases = "\n".join(f"WHEN {test} THEN '{reason}'" for test, reason in _refusals(values, windows, is_exercise))
    return f"""
      WITH windows (id, opens, ends) AS ({found}),
      worth AS (
        SELECT asked.*, windows.id AS in_window, {_status(values)} AS status, {_was_open(values)} AS was_open,
               {_amount(values)} AS amount
        FROM asked LEFT JOIN windows ON moment >= opens AND moment < ends),
      said AS (SELECT row, amount, CASE {cases} WHEN amount <= 0 THEN 'nothing_to_pay' ELSE 'granted' END AS reason
               FROM worth)
      SELECT CASE WHEN reason = 'granted' THEN amount * 100 ELSE 0 END, reason FROM said ORDER BY row"""


def _local(moment: Any) -> str:
    return f"timestamp '{moment}' AT TIME ZONE 'Europe/Amsterdam'"


def _today() -> str:
    return "(moment AT TIME ZONE 'Europe/Amsterdam')::date"


def _status(values: Mapping[str, Any]) -> str:
    changes = reversed(values["status"] or [])
    cases = " ".join(f"WHEN {_today()} >= date '{one['from']}' THEN '{one['status']}'" for one in changes)
    return f"CASE {cases} ELSE 'closed' END" if cases else "'closed'::text"


def _was_open(values: Mapping[str, Any]) -> str:
    opened = [one["from"] for one in values["status"] or [] if one["status"] == "open"]
    return f"{_today()} >= date '{min(opened)}'" if opened else "false"


def _refusals(values: Mapping[str, Any], windows: list[Any], is_exercise: bool) -> list[tuple[str, str]]:
    first, last = _local(windows[0]["opens"]), f"{_local(windows[-1]['closes'])} + interval '1 second'"
    tests = []
    if not is_exercise:
        tests.append(("status = 'withdrawn'", "scheme_withdrawn"))
        tests.append(("status <> 'open' AND NOT (was_open AND in_window IS NULL)", "scheme_closed"))
    tests.append((f"in_window IS NULL AND moment < {first}", "too_early"))
    tests.append((f"in_window IS NULL AND moment >= {last}", "too_late"))
    tests.append(("in_window IS NULL", "between_windows"))
    for one in windows:
        allowed = ", ".join(f"'{kind}'" for kind in one.get("applicants", values["applicants"]))
        tests.append((f"in_window = '{one['id']}' AND applicant IN ({allowed}) IS NOT TRUE", "wrong_applicant"))
    tests += _by_conditions(values)
    for whose in ("person", "employer"):
        if any(cap["whose"] == whose for cap in values.get("caps") or []):
            tests.append((f"{whose} < 0", f"{whose}_missing"))
    return tests + _by_facts(values)


def _by_conditions(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    tests = []
    for place, one in enumerate(values.get("conditions") or []):
        if one["must"] == "either":
            continue
        test = f"(met >> {place}) & 1 = {0 if one['must'] else 1}"
        for key, column in (("periods", "in_window"), ("categories", "category")):
            if key in one:
                test += f" AND {column} IN ({', '.join(repr(name) for name in one[key])}) IS TRUE"
        tests.append((test, one["refusal"]))
    return tests


def _by_facts(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    tests = []
    if values.get("starts"):
        first, last = values["starts"]["first"], values["starts"]["last"]
        tests += [("start IS NULL", "start_missing"), (f"start < date '{first}'", "started_too_early")]
        tests.append((f"start > date '{last}'", "started_too_late"))
    large = "greatest(costs, own) > 10000000000 OR quantity > 1000000"
    tests.append((f"least(costs, own) < 0 OR {large}", "amount_impossible"))
    tests.append(("quantity < 1", "nothing_asked"))
    limit = values.get("limit")
    if limit:
        codes = [one["code"] for one in values.get("conditions") or []]
        more = f"(met >> {codes.index(limit['unless'])}) & 1 = 1" if "unless" in limit else "false"
        tests.append((f"quantity > CASE WHEN {more} THEN {limit.get('then', 0)} ELSE {limit['most']} END", "too_much"))
    if values.get("categories"):
        known = " OR ".join(
            f"(category = '{one['code']}'" + (f" AND applicant = '{one['receiver']}')" if "receiver" in one else ")")
            for one in values["categories"]
        )
        tests.append((f"({known}) IS NOT TRUE", values.get("no_category", "wrong_category")))
    tests.append((f"score < {values['distribution'].get('lowest_score', 0)}", "score_too_low"))
    return tests


def _amount(values: Mapping[str, Any]) -> str:
    told = values["amount"]
    match told["formula"]:
        case "fixed":
            amount = f"{told['euros']}::numeric"
        case "per_unit":
            amount = f"{told['euros']}::numeric * least(quantity, {told['most']})"
        case "pro_rata":
            amount = f"trunc({told['euros']}::numeric * least(quantity, {told['units']}) / {told['units']}, 2)"
        case "share":
            amount = f"round(costs * {told['numerator']} / {told['denominator']}, 2)"
        case "costs":
            amount = "greatest(0, costs - own)"
        case _:
            cases = " ".join(f"WHEN '{code}' THEN {cents}" for code, cents in told["euros"].items())
            amount = f"CASE category {cases} ELSE 0 END::numeric"
    most = told.get("most_euros")
    return amount if most is None else f"least({amount}, {most})"
