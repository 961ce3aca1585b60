"""The public log of lessons, and how the national team adds to it and amends it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import read_permissions
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ChangedError
from dichterbij.domains.network.queries import KeptLesson
from dichterbij.domains.network.rules.lessons import Lesson, LessonStatus, Phase, Subject
from dichterbij.shared.errors import InputError
from dichterbij.web.content.languages import page_language
from dichterbij.web.login import who
from dichterbij.web.national import words
from dichterbij.web.national.lesson_form import LessonForm
from dichterbij.web.national.views.pages import DONE, done, file
from dichterbij.web.site.private import private

KINDS = ("phase", "subject", "status")
NAMES = {"phase": "fase", "subject": "over", "status": "stand"}
LISTS = {"phase": words.PHASES, "subject": words.SUBJECTS, "status": words.LESSON_STATUSES}
CODES = {"phase": Phase, "subject": Subject, "status": LessonStatus}


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every lesson, to search and to filter by phase, subject and what came of it."""
    asked = _asked(request)
    found = _found(request)
    context = {
        "rows": [_shown(one) for one in found], "asked": asked, "total": len(queries.lessons()),
        "search": _words(request), "filters": [(NAMES[kind], _title(kind), LISTS[kind], asked[kind]) for kind in KINDS],
        "is_filtered": len(request.GET) > 0, "query": request.GET.urlencode(), "may_write": _may_write(request),
        "done": words.DONE.get(request.GET.get(DONE, ""), ""),
    }  # fmt: skip
    return render(request, "national/lessons.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """What the page shows, as a file."""
    head = [_("Lesson"), _("Phase"), _("Subject"), _("Where it was learnt"), _("When it was learnt"), _("Source"),
            _("What came of it"), _("What changed"), _("Version")]  # fmt: skip
    rows = [
        [row["text"], row["phase"], row["subject"], one.now.learnt_where, one.now.learnt_when, one.now.source,
         row["status"], row["changed"], one.number]
        for one, row in ((one, _shown(one)) for one in _found(request))
    ]  # fmt: skip
    return file("lessen", head, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One lesson with all it said before; for the national team also the form to amend it."""
    lesson = next((row for row in queries.lessons() if row.key == key), None)
    if lesson is None or (request.method == "POST" and not _may_write(request)):
        raise Http404
    form = LessonForm(request.POST if request.method == "POST" else None, lesson=lesson.now, version=lesson.number)
    if request.method == "POST" and form.is_valid() and _kept(request, form, key):
        return done("lesson_amended", "national:lesson", key)
    context = {
        "row": _shown(lesson), "before": [_version(row, lesson) for row in lesson.versions], "form": form,
        "may_write": _may_write(request), "done": words.DONE.get(request.GET.get(DONE, ""), ""),
    }  # fmt: skip
    return private(render(request, "national/lesson.html", context, status=422 if form.errors else 200))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new lesson."""
    form = LessonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (key := _kept(request, form, "")):
        return done("lesson_added", "national:lesson", key)
    context = {"form": form, "may_write": True}
    return private(render(request, "national/lesson_new.html", context, status=422 if form.errors else 200))


def _kept(request: HttpRequest, form: LessonForm, key: str) -> str:
    """The key of the lesson that was written; empty when it could not be, and the form says why."""
    actor, now = who.signed_in(request).actor, timezone.now()
    try:
        if not key:
            return actions.add_lesson(actor=actor, lesson=form.lesson, now=now)
        version = int(form.cleaned_data["version"] or 0)
        actions.amend_lesson(actor=actor, key=key, lesson=form.lesson, version=version, now=now)
    except InputError as error:
        field = str(error.fields.get("field"))
        texts = {"changed": _("Say what changed."), "learnt_when": str(LessonForm.DAY)}
        form.add_error(
            field if field in form.fields else None,
            texts.get(field, _("This cannot be kept as it is. Look at it again.")),
        )
        return ""
    except ChangedError:
        form.add_error(None, _("Somebody else amended this lesson. Open it again: your words are still below."))
        return ""
    return key


def _may_write(request: HttpRequest) -> bool:
    actor = who.actor_of(request)
    return actor is not None and read_permissions(timezone.localdate()).may_open(actor.role, "national:lesson-new")


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("zoek", "").split())[:80]


def _asked(request: HttpRequest) -> dict[str, str]:
    given = {kind: request.GET.get(NAMES[kind], "") for kind in KINDS}
    return {kind: code if code in set(CODES[kind]) else "" for kind, code in given.items()}


def _found(request: HttpRequest) -> list[KeptLesson]:
    """Every word is somewhere in the lesson, and every filter fits."""
    asked, typed = _asked(request), _words(request).casefold().split()
    return [
        row
        for row in queries.lessons()
        if all(not code or getattr(row.now, kind) == code for kind, code in asked.items())
        and all(word in _all_text(row.now) for word in typed)
    ]


def _all_text(lesson: Lesson) -> str:
    parts = (lesson.dutch, lesson.english, lesson.changed, lesson.changed_english, lesson.learnt_where, lesson.source)
    return " ".join(parts).casefold()


def _shown(row: KeptLesson) -> dict[str, Any]:
    return {"key": row.key, "number": row.number, **_said(row.now)}


def _said(lesson: Lesson) -> dict[str, Any]:
    """A lesson in the visitor's language; `is_dutch` where it was only written in Dutch."""
    language = page_language()
    return {
        "lesson": lesson, "text": lesson.words.in_language(language),
        "changed": lesson.changed_words.in_language(language),
        "is_dutch": not lesson.english, "is_changed_dutch": not lesson.changed_english,
        "phase": str(words.PHASES[lesson.phase]), "subject": str(words.SUBJECTS[lesson.subject]),
        "status": str(words.LESSON_STATUSES[lesson.status]),
    }  # fmt: skip


def _version(row: queries.Version, lesson: KeptLesson) -> dict[str, Any]:
    return {"number": row.number, "at": row.at, "is_now": row.number == lesson.number, **_said(row.lesson)}


def _title(kind: str) -> str:
    return {"phase": _("Phase"), "subject": _("Subject"), "status": _("What came of it")}[kind]
