"""The three questions, as plain forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.rules.desk_kinds import Who
from dichterbij.web.desks import places, words


class WhereForm(forms.Form):
    """Where somebody lives and, if they like, works. After `is_valid` there is `home` and `work` (a region or None)."""

    use_required_attribute = False
    where = forms.CharField(
        label=_("Where do you live, or where is your business?"),
        help_text=_("A postcode, for example 3511, or the name of a place. We do not keep it."),
        error_messages={
            "required": _("Fill in your postcode or place. You can also choose your region from the list.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    work = forms.CharField(
        label=_("Do you work, or want to work, somewhere else?"),
        help_text=_("Then you also see the desk there."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    where_region = forms.RegexField(r"^AM[0-9]{2}$", required=False, widget=forms.HiddenInput)
    work_region = forms.RegexField(r"^AM[0-9]{2}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.located: dict[str, places.Located] = {}
        if self.data.get("where_region"):
            self.fields["where"].required = False

    def clean(self) -> dict[str, Any]:
        """Each field's region, or its problem beside it."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("where", "work"):
            self.located[name] = self._locate(name, cleaned)
            if self.located[name].problem:
                self.add_error(name, self.located[name].problem)
        return cleaned

    def _locate(self, name: str, cleaned: dict[str, Any]) -> places.Located:
        chosen = cleaned.get(f"{name}_region")
        if chosen:
            return places.located_in(chosen)
        text = cleaned.get(name)
        return places.locate(text) if text else places.Located()

    @property
    def home(self) -> str:
        """The region of the first answer; only on a valid form."""
        return self.located["where"].region_code or "NL"

    @property
    def workplace(self) -> str | None:
        """The region of the second answer when it is another one."""
        code = self.located["work"].region_code
        return None if code == self.home else code


class WhoForm(forms.Form):
    """Who asks."""

    use_required_attribute = False
    who = forms.ChoiceField(
        label=_("Who are you?"),
        help_text=_("Choose what fits best. Every desk also helps people who chose something else."),
        choices=[(code.value, text) for code, text in words.WHO.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers. “I do not know” is fine too."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )


class TopicForm(forms.Form):
    """What the question is about; the choices fit who asks."""

    use_required_attribute = False
    topic = forms.ChoiceField(
        label=_("What is your question about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers. “I do not know yet” is fine too."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(code.value, words.topic(code, who)) for code in words.topics_for(who)]  # type: ignore[attr-defined]
