"""What the documents leave open: each question has an answer for now, and what another answer would set."""

from collections.abc import Mapping
from typing import Any

from dichterbij.domains.schemes.rules.scheme import Question
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

FIELDS = ("id", "words", "chosen", "choices", "source")


def answered(values: Mapping[str, Any], choices: Mapping[str, str]) -> tuple[Mapping[str, Any], tuple[Question, ...]]:
    """The values with what each chosen answer sets, and the questions as answered. InputError for a stray choice."""
    name = str(values.get("scheme"))
    questions = _questions(values, name)
    strays = sorted(set(choices) - set(questions))
    if strays:
        raise InputError(f"{name}: there is no question {strays[0]}; there is {', '.join(questions) or 'none'}")
    found = []
    for id, record in questions.items():
        question = _answer(id, record, choices)
        values = merged(values, record.fields["choices"][question.chosen] or {})
        found.append(question)
    return values, tuple(found)


def _questions(values: Mapping[str, Any], name: str) -> dict[str, Record]:
    found = values.get("questions") or []
    if not isinstance(found, list):
        raise InputError(f"{name}: questions must be a list")
    records = [Record.of(item, at=f"{name}, question {place}", required=FIELDS) for place, item in enumerate(found, 1)]
    return {record.text("id"): record for record in records}


def _answer(id: str, record: Record, choices: Mapping[str, str]) -> Question:
    answers = record.fields["choices"]
    if not isinstance(answers, Mapping) or not answers:
        raise InputError(f"{record.at}: choices gives each answer a name, and what it sets")
    chosen = choices.get(id, record.text("chosen"))
    if chosen not in answers:
        raise InputError(f"{record.at}: {chosen} is no answer to {id}; the answers are {', '.join(answers)}")
    return Question(id, record.words("words"), chosen, tuple(str(one) for one in answers), record.text("source"))


def merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values with these changes; a mapping inside a mapping is merged, everything else replaced."""
    result = dict(values)
    for key, change in changes.items():
        inside = result.get(key)
        if isinstance(inside, Mapping) and isinstance(change, Mapping):
            result[key] = merged(inside, change)
        else:
            result[key] = change
    return result
