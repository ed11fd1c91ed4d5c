"""A Django form field as our `field` component: label, hint, error, control, all tied by id."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField, BoundWidget

from qinqing.base.words import say

FACES = ("mood-happy", "mood-smile", "mood-empty", "mood-sad", "mood-cry")  # the five grades of a rating, best first
EMPTY = {
    "choice": say("“%(label)s”还没选"),
    "select": say("“%(label)s”还没选"),
    "check": say("“%(label)s”还没勾选"),
    "upload": say("“%(label)s”还没传"),
}
UNWRITTEN = say("“%(label)s”还没写")
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "check"),
    (forms.RadioSelect, "choice"),  # CheckboxSelectMultiple is one too
    (forms.FileInput, "upload"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)


class TextField(forms.CharField):
    """Words of several lines. A browser sends each line break as two characters and counts it as one: here it is one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).replace("\r\n", "\n")


def kind_of(field: BoundField) -> str:
    """Which control a widget is drawn as."""
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "input")


def context(field: BoundField, **options: Any) -> dict[str, Any]:
    """What `ui/_field.html` draws. Options: first, look, icons, hints, multiple words for the upload area."""
    kind = kind_of(field)
    return {
        "field": field,
        "kind": kind,
        "control": control(field, kind),
        "choices": choices(field, **options) if kind == "choice" else [],
        "anchor": anchor(field),
        "errors": sentences(field),
        "caution": caution(field),
        "limit": limit(field) if kind == "textarea" else None,
        **options,
    }


def limit(field: BoundField) -> int | None:
    """How many letters the counter counts to; `data-limit` lets somebody go on beyond it, and be told."""
    attrs = field.field.widget.attrs
    return attrs.get("data-limit") or attrs.get("maxlength")


def caution(field: BoundField) -> Any:
    """What the form would rather have otherwise, without insisting: its `cautions`, by field."""
    return getattr(field.form, "cautions", {}).get(field.name, "")


def control(field: BoundField, kind: str) -> str:
    """The widget's own HTML with our class beside those it brings."""
    own = field.field.widget.attrs.get("class", "")
    attrs = {"class": f"{kind} {own}".strip()}
    if caution(field):
        attrs["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}_caution".strip()
    return "" if kind == "choice" else field.as_widget(attrs=attrs)


def choices(
    field: BoundField, *, look: str = "", icons: dict | None = None, hints: dict | None = None, **_others: Any
) -> list[tuple[BoundWidget, str, str]]:
    """Each choice with its icon and its second line; `icons` and `hints` are keyed by the choice's value."""

    def icon(place: int, value: str) -> str:
        return FACES[place] if look == "five" and place < len(FACES) else (icons or {}).get(value, "")

    values = [(choice, str(choice.data["value"])) for choice in field]
    return [(choice, icon(place, value), (hints or {}).get(value, "")) for place, (choice, value) in enumerate(values)]


def anchor(field: BoundField) -> str:
    """Where a link to this field lands: its control, or the first of its choices."""
    return f"{field.auto_id}_0" if kind_of(field) == "choice" else field.id_for_label or field.auto_id


def sentences(field: BoundField) -> list[str]:
    """The field's errors; where the form has no words of its own for an empty field, we name the field."""
    return [empty(field) if plain_required(error) else " ".join(error.messages) for error in field.errors.as_data()]


def plain_required(error: ValidationError) -> bool:
    return error.code == "required" and error.message == forms.Field.default_error_messages["required"]


def empty(field: BoundField) -> str:
    return str(replace(EMPTY.get(kind_of(field), UNWRITTEN), values={"label": field.label}))


def problems(*checked: forms.BaseForm) -> list[tuple[str, str]]:
    """(anchor, sentence) of every error of these forms, in the order of the page; an anchor may be empty."""
    general = [("", error) for form in checked for error in form.non_field_errors()]
    return general + [
        (anchor(field), error) for form in checked for field in form if not field.is_hidden for error in sentences(field)
    ]
