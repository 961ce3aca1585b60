"""A line of a file of hand-overs from an organisation's old system: read, or told what is wrong with it. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.people.rules import ContactKind, NewContact, normalised
from dichterbij.domains.regions.rules.desk_kinds import Topic
from dichterbij.shared.errors import DichterbijError

REQUIRED = ("number", "name", "region", "topic", "question", "to", "state", "sent_on", "agreed_on")
OPTIONAL = ("phone", "email", "post", "language", "from", "accepted_on")
COLUMNS = (*REQUIRED, *OPTIONAL)
STATES = ("waiting", "accepted")
LONGEST = {"number": 60, "name": 120, "question": 300, "post": 300}
CONTACTS = {"phone": ContactKind.PHONE, "email": ContactKind.EMAIL, "post": ContactKind.POST}
Values = Mapping[str, str]
Problem = tuple[str, str]  # a column, and what is wrong there


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line, and what to do. `line` is that of the file, the header being line 1."""

    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.problem}"


@dataclass(frozen=True, slots=True)
class OldHandover:
    """One line that can be taken over. `sender` and `receiver` as they were written; no sender: by themselves."""

    line: int
    number: str
    name: str
    contacts: tuple[NewContact, ...]
    language: str
    region: str
    topic: str
    question: str
    sender: str
    receiver: str
    sent_on: date
    accepted_on: date | None
    agreed_on: date


def read_line(
    line: int, values: Values, *, regions: Collection[str], languages: Collection[str], today: date
) -> OldHandover | tuple[Fault, ...]:
    """The line as it can be taken over, or everything that is wrong with it."""
    texts = {column: " ".join(values.get(column, "").split()) for column in COLUMNS}
    dates = {column: _date(texts[column]) for column in ("sent_on", "accepted_on", "agreed_on")}
    contacts = tuple(NewContact(kind, texts[column]) for column, kind in CONTACTS.items() if texts[column])
    problems = [*_missing(texts), *_unknown(texts, regions, languages), *_contacts(texts), *_dates(texts, dates, today)]
    sent_on, agreed_on = dates["sent_on"], dates["agreed_on"]
    if problems or sent_on is None or agreed_on is None:
        return tuple(Fault(line, column, problem) for column, problem in problems)
    return OldHandover(
        line, texts["number"], texts["name"], contacts, texts["language"] or "nl", texts["region"], texts["topic"],
        texts["question"], texts["from"], texts["to"], sent_on, dates["accepted_on"], agreed_on,
    )  # fmt: skip


def _missing(texts: Values) -> Iterator[Problem]:
    for column in REQUIRED:
        if not texts[column]:
            yield column, "is empty; every line needs it."
    for column, longest in LONGEST.items():
        if len(texts[column]) > longest:
            yield column, f"has {len(texts[column])} letters; at most {longest} are kept. Make it shorter."
    for column, text in texts.items():
        if not text.isprintable():
            yield column, "holds a letter that cannot be shown (perhaps the file was saved in another encoding)."


def _unknown(texts: Values, regions: Collection[str], languages: Collection[str]) -> Iterator[Problem]:
    known = (("region", regions), ("language", languages), ("topic", [topic.value for topic in Topic]),
             ("state", STATES))  # fmt: skip
    for column, choices in known:
        if texts[column] and texts[column] not in choices:
            yield column, f"{texts[column][:40]!r} is none of {', '.join(sorted(choices))}."


def _contacts(texts: Values) -> Iterator[Problem]:
    if not any(texts[column] for column in CONTACTS):
        yield "phone", "there is no phone, email or post: fill in one way to reach this person."
    for column, kind in CONTACTS.items():
        try:
            if texts[column]:
                normalised(NewContact(kind, texts[column]))
        except DichterbijError as error:
            yield column, error.message


def _dates(texts: Values, dates: Mapping[str, date | None], today: date) -> Iterator[Problem]:
    for column, found in dates.items():
        if texts[column] and found is None:
            yield column, f"{texts[column][:40]!r} is no date; write 2026-11-30."
        elif found and found > today:
            yield column, f"{found} is still to come."
    sent, accepted = dates["sent_on"], dates["accepted_on"]
    if texts["state"] == "accepted" and not texts["accepted_on"]:
        yield "accepted_on", "is empty, and the state is accepted."
    if texts["state"] == "waiting" and texts["accepted_on"]:
        yield "accepted_on", "is filled in, and the state is waiting."
    if sent and accepted and accepted < sent:
        yield "accepted_on", "is before sent_on."


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
