"""What somebody with SQL in hand tries on the ledger, and which guard stops each of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

from django.db import connection

from dichterbij.domains.budget import actions
from dichterbij.domains.budget.rules import Needs
from dichterbij.domains.budget.rules.lapsing import After
from support.budget import NOW, at, filled, move, posted

NUMBERS = count(1)
LATER = NOW + timedelta(days=3)


@dataclass(frozen=True)
class Scene:
    """600 free, 300 reserved with a term and 100 committed of a proposal; besides, money with a purpose."""

    fund: str
    reservation: UUID
    proposal: UUID
    waiting: UUID
    plain: UUID
    marked: UUID
    ids: dict[str, int] = field(default_factory=dict)

    def row(self, state: str, **place: str) -> int:
        """An account's row; made when it is not there yet."""
        account = at(state, self.fund, **place)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO budget_account (name, state, fund, tranche, region, scheme, route, purpose, activity)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (name) DO NOTHING",
                [account.name, account.state.value, *account.place.words],
            )
            cursor.execute("SELECT id FROM budget_account WHERE name = %s", [account.name])
            return int(cursor.fetchone()[0])


def make_scene() -> Scene:
    """Something in every table."""
    fund, reservation, proposal, waiting = filled(1_100), uuid4(), uuid4(), uuid4()
    for one, cents in ((reservation, 300), (uuid4(), 50)):
        actions.reserve(posting=uuid4(), reservation=one, source=at("free", fund), cents=cents, until=LATER,
                        reason="hold", actor="a", now=NOW)  # fmt: skip
    for one in (proposal, waiting):
        lines = {at("committed", fund): 100}
        actions.propose(proposal=one, title="t", source=at("free", fund), lines=lines, actor="a", now=NOW)
    actions.decide(proposal=proposal, approved=True, body="dagelijks bestuur", on=NOW.date(), actor="b", now=NOW)
    posted(move(at("free", fund), at("committed", fund), 60), proposal=proposal)
    actions.set_term(fund=fund, ends_on=NOW.date(), source="letter", actor="a", now=NOW)
    actions.decide_after(activity="x", region="AM01", what=After.STOP, on=NOW.date(), actor="a", now=NOW)
    wrong = move(at("free", fund), at("committed", fund, purpose="plain"), 40)
    marked = move(at("free", fund), at("earmarked", fund, purpose="care"), 50)
    posted(wrong, marked)
    actions.open_account(account=at("free", fund, purpose="two"), needs=Needs.FOUR_EYES, actor="a", now=NOW)
    actions.open_account(account=at("free", fund, purpose="plan"), needs=Needs.PROPOSAL, actor="a", now=NOW)
    posted(move(at("free", fund), at("free", fund, purpose="two"), 10),
           move(at("free", fund), at("free", fund, purpose="plan"), 10))  # fmt: skip
    return Scene(fund, reservation, proposal, waiting, wrong.id, marked.id)


def posting(**given: str) -> tuple[str, str]:
    """The id of a new posting, and the statement that writes it."""
    name = given.get("id") or f"'{uuid4()}'"
    values = {"id": name, "day": f"'{NOW:%Y-%m-%d}'", "at": f"'{NOW.isoformat()}'", "recorded_at": "now()",
              "actor": "'raw'", "reason": "'raw'", "content": "''"} | given  # fmt: skip
    return name, f"INSERT INTO budget_posting ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def transfer(posting_id: str, source: int, target: int, cents: int, **given: str) -> str:
    """The statement that writes one transfer."""
    values = {"id": f"'{uuid4()}'", "posting": posting_id, "source": str(source), "target": str(target),
              "cents": str(cents)} | given  # fmt: skip
    return f"INSERT INTO budget_transfer ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def moved(source: int, target: int, cents: int, told: dict[str, str] | None = None, **given: str) -> list[str]:
    """A whole posting of one transfer."""
    name, statement = posting(**(told or {}))
    return [statement, transfer(name, source, target, cents, **given)]


def account(**given: str) -> list[str]:
    """A new account, told plainly."""
    number = next(NUMBERS)
    values = {"name": f"'free:raw{number}::::::'", "state": "'free'", "fund": f"'raw{number}'", "tranche": "''",
              "region": "''", "scheme": "''", "route": "''", "purpose": "''", "activity": "''"} | given  # fmt: skip
    return [f"INSERT INTO budget_account ({', '.join(values)}) VALUES ({', '.join(values.values())})"]


def _two_postings(scene: Scene) -> list[str]:
    (one, first), (two, second) = posting(), posting()
    rows = ", ".join(f"('{uuid4()}', {name}, {scene.row('free')}, {scene.row('committed')}, 1)" for name in (one, two))
    return [first, second, f"INSERT INTO budget_transfer (id, posting, source, target, cents) VALUES {rows}"]


def _second_statement(scene: Scene) -> list[str]:
    name, first = posting()
    sides = scene.row("free"), scene.row("committed")
    return [first, transfer(name, *sides, 1), transfer(name, *sides, 1)]


def _both(scene: Scene) -> list[str]:
    """A correction with a term: back into reserved."""
    wrong = f"'{uuid4()}'"
    free, reserved = scene.row("free"), scene.row("reserved", purpose="both")
    return [
        *moved(free, reserved, 5), *moved(reserved, scene.row("free", purpose="both"), 5, id=wrong),
        *moved(scene.row("free", purpose="both"), reserved, 5, corrects=wrong, until=f"'{LATER.isoformat()}'"),
    ]  # fmt: skip


def of_proposal(scene: Scene, which: UUID) -> dict[str, str]:
    return {"proposal": f"'{which}'"}


@dataclass(frozen=True)
class Try:
    """Statements that must be refused by `promise`; `without`: what takes that guard away, in SQL.

    `doubled`: another guard stops it too. `promise` empty: by an error without a name.
    """

    name: str
    statements: Callable[[Scene], list[str]]
    promise: str
    without: str
    doubled: str = ""


def check(table: str, name: str) -> str:
    return f"ALTER TABLE budget_{table} DROP CONSTRAINT {name}"


def trigger(table: str, name: str) -> str:
    return f"DROP TRIGGER {name} ON budget_{table}"


def said(function: str, told: str, instead: str) -> str:
    """Take one line of a function away."""
    return f"""
        DO $do$ DECLARE body text := pg_get_functiondef('{function}'::regproc);
        BEGIN
            IF position($t${told}$t$ IN body) = 0 THEN RAISE EXCEPTION 'there is no such guard'; END IF;
            EXECUTE replace(body, $t${told}$t$, $t${instead}$t$);
        END $do$
    """


def refuses(function: str, promise: str) -> str:
    return said(function, f"budget_refuse('{promise}',", f"concat('{promise}',")


def raises(function: str, message: str) -> str:
    return said(function, f"RAISE EXCEPTION '{message}'", f"RAISE DEBUG '{message}'")


def asks(function: str, promise: str) -> str:
    return said(function, f"'{promise}'", "NULL")


KEPT = {
    "posting": "reason = 'x'", "transfer": "reference = 'x'", "link": "digest = ''", "proposal": "title = 'x'",
    "decision": "approved = false", "term": "source = 'x'", "continuity": "words = 'x'",
}  # fmt: skip
AFTER = "(region, activity, what, day, by, at)"
TRIES = [
    *(Try(f"change a {table}", lambda _, table=table, change=change: [f"UPDATE budget_{table} SET {change}"], "",
          trigger(table, "budget_stays")) for table, change in KEPT.items()),
    *(Try(f"delete a {table}", lambda _, table=table: [f"DELETE FROM budget_{table}"], "",
          trigger(table, "budget_stays")) for table in (*KEPT, "account", "reservation", "proposalline")),
    *(Try(f"empty {table}", lambda _, table=table: [f"TRUNCATE budget_{table}"], "",
          trigger(table, "budget_not_emptied")) for table in (*KEPT, "account", "reservation", "proposalline")),
    Try("a state nobody knows", lambda _: account(name="'x:raw::::::'", state="'x'", fund="'raw'"),
        "budget_state_known", check("account", "budget_state_known")),
    Try("a need nobody knows", lambda _: account(needs="'x'"), "budget_needs_known",
        check("account", "budget_needs_known")),
    Try("money of no fund", lambda _: account(name="'free:::::::'", fund="''"), "budget_fund_named",
        check("account", "budget_fund_named")),
    Try("a word that is two", lambda _: account(name="'free:a:b::::::'", fund="'a:b'", tranche="''"),
        "budget_words_plain", check("account", "budget_words_plain")),
    Try("a name that says something else", lambda _: account(name="'free:other::::::'"), "budget_name_says_it",
        check("account", "budget_name_says_it")),
    Try("an account twice", lambda s: account(name=f"'free:{s.fund}::::::'", fund=f"'{s.fund}'"),
        "budget_account_name_key", "ALTER TABLE budget_account DROP CONSTRAINT budget_account_name_key"),
    Try("begin with money", lambda _: account(balance_cents="5"), "budget_account_begins_empty",
        raises("budget_account_kept", "An account begins with nothing")),
    Try("write a balance", lambda s: [f"UPDATE budget_account SET balance_cents = 5 WHERE id = {s.row('free')}"],
        "budget_balance_by_transfers", raises("budget_account_kept", "A balance changes by transfers only")),
    Try("free what is held", lambda s: [f"UPDATE budget_account SET held_cents = 0 WHERE id = {s.row('reserved')}"],
        "budget_balance_by_transfers", trigger("account", "budget_account_kept")),
    Try("give an account another purpose",
        lambda s: [
            f"UPDATE budget_account SET purpose = 'y', name = 'free:{s.fund}:::::y:' WHERE id = {s.row('free')}"],
        "budget_account_stays", raises("budget_account_kept", "An account stays what it is")),
    Try("ask for two no longer",
        lambda s: [f"UPDATE budget_account SET needs = '' WHERE id = {s.row('free', purpose='two')}"],
        "budget_account_stays", raises("budget_account_kept", "An account stays what it is")),
    Try("more than there is", lambda s: moved(s.row("free"), s.row("committed"), 10_000), "budget_within_bound",
        check("account", "budget_within_bound")),
    Try("take what is held", lambda s: moved(s.row("reserved"), s.row("committed"), 1), "budget_held_is_there",
        check("account", "budget_held_is_there")),
    Try("nothing", lambda s: moved(s.row("free"), s.row("committed"), 0), "budget_cents_positive",
        check("transfer", "budget_cents_positive")),
    Try("less than nothing", lambda s: moved(s.row("free"), s.row("committed"), -5), "budget_cents_positive",
        check("transfer", "budget_cents_positive")),
    Try("to itself", lambda s: moved(s.row("free"), s.row("free"), 5), "budget_between_two",
        check("transfer", "budget_between_two")),
    Try("a correction with a term", _both, "budget_one_meaning", check("transfer", "budget_one_meaning")),
    Try("to nobody", lambda s: moved(s.row("free"), 987_654_321, 5), "budget_account_known",
        asks("budget_fault", "budget_account_known"), doubled="a link needs the names of both"),
    Try("pay what was not promised", lambda s: moved(s.row("free"), s.row("paid"), 5), "budget_move_known",
        asks("budget_fault", "budget_move_known")),
    Try("use an earmark for something else",
        lambda s: moved(s.row("earmarked", purpose="care"), s.row("committed", purpose="other"), 5),
        "budget_same_purpose", asks("budget_fault", "budget_same_purpose")),
    Try("free an earmark alone",
        lambda s: moved(s.row("earmarked", purpose="care"), s.row("free", purpose="care"), 5),
        "budget_earmark_four_eyes", asks("budget_asks", "budget_earmark_four_eyes")),
    Try("free an earmark alone, by way of a region",
        lambda s: [
            *moved(s.row("earmarked", purpose="care"), s.row("reserved", purpose="care", region="AM05"), 5),
            *moved(s.row("reserved", purpose="care", region="AM05"), s.row("free", purpose="care"), 5)],
        "budget_earmark_four_eyes", said("budget_asks", "IN ('', giver.region)", "= giver.region")),
    Try("free an earmark alone, as a correction of the transfer that made it",
        lambda s: moved(s.row("earmarked", purpose="care"), s.row("free"), 5, corrects=f"'{s.marked}'"),
        "budget_earmark_four_eyes", asks("budget_asks", "budget_earmark_four_eyes")),
    Try("carry a region's earmark to another region",
        lambda s: [
            *moved(s.row("free"), s.row("earmarked", purpose="away", region="AM01"), 5),
            *moved(s.row("earmarked", purpose="away", region="AM01"),
                   s.row("reserved", purpose="away", region="AM01"), 5),
            *moved(s.row("reserved", purpose="away", region="AM01"),
                   s.row("committed", purpose="away", region="AM02"), 5)],
        "budget_same_region", asks("budget_fault", "budget_same_region")),
    Try("move alone what needs two", lambda s: moved(s.row("free", purpose="two"), s.row("committed"), 5),
        "budget_four_eyes", asks("budget_asks", "budget_four_eyes")),
    Try("approve one's own",
        lambda s: moved(s.row("free", purpose="two"), s.row("committed"), 5, {"approved_by": "'raw'"}),
        "budget_approved_by_another", check("posting", "budget_approved_by_another")),
    Try("move what waits for a proposal", lambda s: moved(s.row("free", purpose="plan"), s.row("committed"), 5),
        "budget_proposal", asks("budget_asks", "budget_proposal")),
    Try("say no reason", lambda s: moved(s.row("free"), s.row("committed"), 5, {"reason": "''"}),
        "budget_posting_is_told", check("posting", "budget_posting_is_told")),
    Try("say nobody", lambda s: moved(s.row("free"), s.row("committed"), 5, {"actor": "''", "approved_by": "'x'"}),
        "budget_posting_is_told", check("posting", "budget_posting_is_told")),
    Try("move nothing", lambda _: [posting()[1]], "budget_posting_moves", trigger("posting", "budget_posting_moves")),
    Try("two postings in one statement", _two_postings, "budget_one_posting",
        refuses("budget_book", "budget_one_posting"), doubled="the other one has no link"),
    Try("a posting nobody wrote", lambda s: [transfer(f"'{uuid4()}'", s.row("free"), s.row("committed"), 5)],
        "budget_one_posting", refuses("budget_book", "budget_one_posting"), doubled="a link needs a posting"),
    Try("add to a posting", _second_statement, "budget_link_posting_key", check("link", "budget_link_posting_key")),
    Try("the same transfer twice", lambda s: moved(s.row("free"), s.row("committed"), 5, id=f"'{s.plain}'"),
        "budget_transfer_id_key", check("transfer", "budget_transfer_id_key")),
    Try("a number of before", lambda s: moved(s.row("free"), s.row("committed"), 5, number="-5"),
        "budget_numbers_rise", refuses("budget_book", "budget_numbers_rise")),
    Try("a term of yesterday",
        lambda s: moved(s.row("free"), s.row("reserved"), 5, until="'2026-01-01'::timestamptz"),
        "budget_term_ahead", refuses("budget_terms", "budget_term_ahead")),
    Try("a term of what is promised",
        lambda s: moved(s.row("free"), s.row("committed"), 5, until=f"'{LATER.isoformat()}'"),
        "budget_term_ahead", refuses("budget_terms", "budget_term_ahead")),
    Try("settle after the term",
        lambda s: moved(s.row("reserved"), s.row("committed"), 5, {"at": "'2027-01-01'"}, settles=f"'{s.reservation}'"),
        "budget_term_settled", refuses("budget_terms", "budget_term_settled")),
    Try("give what is held to somebody else",
        lambda s: moved(s.row("reserved"), s.row("free", purpose="two"), 5, settles=f"'{s.reservation}'"),
        "budget_same_purpose", asks("budget_fault", "budget_same_purpose"), doubled="the term says where it goes"),
    Try("give what is held back elsewhere",
        lambda s: moved(s.row("reserved"), s.row("free", region="AM02"), 5, settles=f"'{s.reservation}'"),
        "budget_term_settled", refuses("budget_terms", "budget_term_settled")),
    Try("settle what nobody holds",
        lambda s: moved(s.row("reserved"), s.row("free"), 5, settles=f"'{uuid4()}'"),
        "budget_term_settled", refuses("budget_terms", "budget_term_settled")),
    Try("settle more than was held",
        lambda s: moved(s.row("reserved"), s.row("free"), 301, settles=f"'{s.reservation}'"),
        "budget_settled_once", check("reservation", "budget_settled_once")),
    Try("correct too much",
        lambda s: moved(s.row("committed", purpose="plain"), s.row("free"), 41, corrects=f"'{s.plain}'"),
        "budget_correction", refuses("budget_corrections", "budget_correction"), doubled="there is no more"),
    Try("correct in two parts, together too much", lambda s: [
        *moved(s.row("free"), s.row("committed", purpose="plain"), 40),
        *moved(s.row("committed", purpose="plain"), s.row("free"), 30, corrects=f"'{s.plain}'"),
        *moved(s.row("committed", purpose="plain"), s.row("free"), 11, corrects=f"'{s.plain}'")],
        "budget_correction", refuses("budget_corrections", "budget_correction")),
    Try("correct the wrong way round",
        lambda s: moved(s.row("free"), s.row("committed", purpose="plain"), 5, corrects=f"'{s.plain}'"),
        "budget_correction", refuses("budget_corrections", "budget_correction")),
    Try("correct what was never moved",
        lambda s: moved(s.row("committed", purpose="plain"), s.row("free"), 5, corrects=f"'{uuid4()}'"),
        "budget_correction", refuses("budget_corrections", "budget_correction")),
    Try("hold without a transfer", lambda s: [
        f"INSERT INTO budget_reservation VALUES ('{uuid4()}', {s.row('reserved')}, {s.row('free')}, now(), 5, 5)"],
        "budget_by_transfers", trigger("reservation", "budget_by_transfers")),
    Try("lengthen a term", lambda s: [f"UPDATE budget_reservation SET until = 'infinity' WHERE id = '{s.reservation}'"],
        "budget_by_transfers", trigger("reservation", "budget_by_transfers")),
    Try("make a link", lambda _: [f"INSERT INTO budget_link VALUES (999999, '{uuid4()}', 999999, 999999, '')"],
        "budget_by_transfers", trigger("link", "budget_by_transfers")),
    Try("move before it is approved",
        lambda s: moved(s.row("free"), s.row("committed"), 5, of_proposal(s, s.waiting)),
        "budget_proposal_approved", refuses("budget_as_decided", "budget_proposal_approved")),
    Try("move on a day before it was approved",
        lambda s: moved(s.row("free"), s.row("committed"), 5, of_proposal(s, s.proposal) | {"day": "'2020-01-01'"}),
        "budget_proposal_approved", refuses("budget_as_decided", "budget_proposal_approved")),
    Try("move to whom nobody approved",
        lambda s: moved(s.row("free"), s.row("committed", region="AM09"), 5, of_proposal(s, s.proposal)),
        "budget_as_proposed", refuses("budget_as_decided", "budget_as_proposed")),
    Try("move more than was approved",
        lambda s: moved(s.row("free"), s.row("committed"), 41, of_proposal(s, s.proposal)),
        "budget_within_proposal", check("proposalline", "budget_within_proposal")),
    Try("add to what was decided", lambda s: [
        f"INSERT INTO budget_proposalline (proposal, target, cents) VALUES ('{s.proposal}', {s.row('paid')}, 5)"],
        "budget_line_before_decision", raises("budget_line_kept", "A proposal stays as it was decided on")),
    Try("add to what was decided, behind a table of one's own", lambda s: [
        "CREATE TEMP TABLE budget_decision (proposal uuid) ON COMMIT DROP",
        f"INSERT INTO budget_proposalline (proposal, target, cents) VALUES ('{s.proposal}', {s.row('paid')}, 5)"],
        "budget_line_before_decision", "ALTER FUNCTION budget_line_kept() RESET search_path"),
    Try("approve one's own proposal behind a table of one's own", lambda s: [
        f"CREATE TEMP TABLE budget_proposal ON COMMIT DROP AS SELECT '{s.waiting}'::uuid AS id, 'x' AS made_by",
        f"INSERT INTO budget_decision VALUES ('{s.waiting}', true, 'b', '2026-01-01', 'a', now())"],
        "budget_decided_by_another", "ALTER FUNCTION budget_decided_by_another() RESET search_path"),
    Try("move nothing behind a table of one's own", lambda _: [
        "CREATE TEMP TABLE budget_link ON COMMIT DROP AS SELECT gen_random_uuid() AS posting",
        *(lambda told: [told[1], f"INSERT INTO pg_temp.budget_link VALUES ({told[0]})"])(posting())],
        "budget_posting_moves", "ALTER FUNCTION budget_posting_moves() RESET search_path"),
    Try("propose it twice", lambda s: [
        f"INSERT INTO budget_proposalline (proposal, target, cents) VALUES ('{s.waiting}', {s.row('committed')}, 5)"],
        "budget_line_once", check("proposalline", "budget_line_once")),
    Try("propose nothing", lambda s: [
        f"INSERT INTO budget_proposalline (proposal, target, cents) VALUES ('{s.waiting}', {s.row('paid')}, 0)"],
        "budget_line_positive", check("proposalline", "budget_line_positive")),
    Try("raise what was approved", lambda s: [
        f"UPDATE budget_proposalline SET cents = 999 WHERE proposal = '{s.proposal}'"],
        "budget_line_stays", raises("budget_line_kept", "A line of a proposal is moved by transfers only")),
    Try("approve one's own proposal", lambda s: [
        f"INSERT INTO budget_decision VALUES ('{s.waiting}', true, 'b', '2026-01-01', 'a', now())"],
        "budget_decided_by_another", trigger("decision", "budget_decided_by_another")),
    Try("decide twice", lambda s: [
        f"INSERT INTO budget_decision VALUES ('{s.proposal}', false, 'b', '2026-01-01', 'c', now())"],
        "budget_decision_pkey", check("decision", "budget_decision_pkey")),
    Try("a decision of nobody", lambda s: [
        f"INSERT INTO budget_decision VALUES ('{s.waiting}', true, '', '2026-01-01', 'c', now())"],
        "budget_decision_told", check("decision", "budget_decision_told")),
    Try("a proposal without a name", lambda s: [
        f"INSERT INTO budget_proposal VALUES ('{uuid4()}', '', {s.row('free')}, 'a', now())"],
        "budget_proposal_told", check("proposal", "budget_proposal_told")),
    Try("a term without a source", lambda s: [
        f"INSERT INTO budget_term (fund, source, by, at) VALUES ('{s.fund}', '', 'a', now())"],
        "budget_term_told", check("term", "budget_term_told")),
    Try("an end nobody knows", lambda _: [
        f"INSERT INTO budget_continuity {AFTER} VALUES ('', 'x', 'y', '2026-01-01', 'a', now())"],
        "budget_continuity_known", check("continuity", "budget_continuity_known")),
    Try("an end of nothing", lambda _: [
        f"INSERT INTO budget_continuity {AFTER} VALUES ('', '', 'stop', '2026-01-01', 'a', now())"],
        "budget_continuity_told", check("continuity", "budget_continuity_told")),
]  # fmt: skip
