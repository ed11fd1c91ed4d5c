"""What every verb's form is made of: the version seen, words, a yes or no, days, files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from qinqing.base import Actor
from qinqing.documents import terms as documents
from qinqing.ui.fields import TextField

from ..models import Matter

LONG, SHORT = 5000, 400


class VerbForm(forms.Form):
    """Field names are the action's arguments; `actor` and `matter` narrow what can be chosen."""

    template = "casework/_verb_fields.html"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, actor: Actor, matter: Matter) -> None:
        super().__init__(data, files, auto_id="verb_%s", label_suffix="", initial={"version": matter.version})
        self.actor, self.matter = actor, matter
        self.prepare()

    def prepare(self) -> None:
        """Fill in the choices that depend on the matter."""

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, besides actor, matter and files."""
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


class UnversionedForm(VerbForm):
    """For what cannot collide with anything: a remark, a helper's own part."""

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name != "version"}


def words(label, missing="", *, help_text="", limit: int = LONG, rows: int = 4) -> TextField:
    """A text to write; without `missing`, the sentence said when it is empty, it may be left out."""
    return TextField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing})


def in_some_cases(field: forms.Field) -> forms.Field:
    """Another answer decides whether it must be filled in: the form sees to it, and nobody reads 选填 there."""
    field.in_some_cases = True
    return field


def yes_or_no(label, yes, no, missing) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect, error_messages={"required": missing})


def day(label, *, help_text="") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日期写成 2026-03-09 这样。")})


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; they are checked and kept by `documents`."""

    def __init__(self) -> None:
        megabytes = documents.MAX_BYTES // documents.MEGABYTE
        super().__init__(
            label=_("附件"), required=False, widget=ManyFiles(attrs={"data-megabytes": megabytes}),
            help_text=_("图片、PDF、Word、表格、录音都可以，单个不超过 20 MB，最多 9 个"))

    def clean(self, value: Sequence[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(upload, initial) for upload in value or []]
