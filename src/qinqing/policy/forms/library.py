"""What a reader of the library looks for; a made-up value is no filter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import queries, terms
from ..queries.library import Wanted

ALL = [("", _("全部"))]
LONGEST = 60


class LibraryForm(forms.Form):
    q = forms.CharField(label=_("找政策"), max_length=LONGEST, required=False)
    standing = forms.ChoiceField(label=_("效力"), required=False)
    benefit_class = forms.ChoiceField(label=_("类别"), choices=[*ALL, *terms.BenefitClass.choices], required=False)
    mode = forms.ChoiceField(label=_("办理方式"), choices=[*ALL, *terms.Mode.choices], required=False)
    issuer = forms.ChoiceField(label=_("制定单位"), required=False)
    county = forms.ChoiceField(label=_("企业在哪里"), required=False)
    size = forms.ChoiceField(label=_("企业规模"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        standings = [(standing.value, standing.label) for standing in terms.Standing if standing != terms.Standing.DRAFT]
        for name, choices in (("standing", standings), ("issuer", queries.library.issuers()),
                              ("county", queries.library.counties()), ("size", queries.library.sizes())):
            self.fields[name].choices = [*ALL, *choices]

    @property
    def wanted(self) -> Wanted:
        """What could be read of it."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in self.fields if name != "q"}
        return Wanted(text=self.cleaned_data.get("q", "").strip(), **said)
