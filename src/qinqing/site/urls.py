"""All addresses of the site."""

from django.urls import include, path

from . import health
from .api import api
from .views import helping, ledger, portal, publishing

handler429 = "qinqing.parties.views.signing.too_many"  # what django-allauth shows to whom it slows down

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("api/", api.urls),
    path("_design/", include("qinqing.ui.urls")),
    path("ui/", include("qinqing.ui.preference_urls")),
    path("", portal.home, name="home"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("figures/", publishing.figures, name="figures"),
    path("public/figures/<int:year>.csv", publishing.figures_csv, name="figures_csv"),
    path("public/figures/<int:year>.json", publishing.figures_json, name="figures_json"),
    path("help/<str:page>/", helping.explained, name="help"),
    path("after-login/", portal.after_login, name="after_login"),
    path("", include("qinqing.parties.urls")),
    path("", include("qinqing.workdays.urls")),
    path("", include("qinqing.yearbook.urls")),
    path("", include("qinqing.documents.urls")),
    path("", include("qinqing.notices.urls")),
    path("", include("qinqing.policy.benefit_urls")),
    path("", include("qinqing.policy.urls")),
    path("", include("qinqing.policy.fact_urls")),
    path("", include("qinqing.consultation.urls")),
    path("", include("qinqing.casework.portal_urls")),
    path("", include("qinqing.casework.urls")),
]
