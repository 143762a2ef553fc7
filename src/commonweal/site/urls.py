"""Every URL of Commonweal, by context."""

from django.urls import include, path

from commonweal.site.web import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.set_language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]

for _prefix, _module in (
    ("gallery/", "commonweal.foundation.ui.web.urls"),
    ("accounts/", "commonweal.foundation.accounts.web.urls"),
    ("demo/", "commonweal.foundation.accounts.web.urls_demo"),
    ("table/", "commonweal.partners.web.urls"),
    ("decisions/", "commonweal.governance.web.urls"),
    ("people/", "commonweal.people.web.urls"),
    ("my/", "commonweal.people.web.urls_my"),
    ("directory/", "commonweal.directory.web.urls"),
    ("screenings/", "commonweal.screening.web.urls"),
    ("referrals/", "commonweal.referrals.web.urls"),
    ("r/", "commonweal.referrals.web.urls_link"),
    ("care/", "commonweal.care.web.urls"),
    ("measures/", "commonweal.measures.web.urls"),
):
    import importlib.util as _util

    try:
        _found = _util.find_spec(_module)
    except ModuleNotFoundError:
        _found = None
    if _found:
        urlpatterns.append(path(_prefix, include(_module)))

handler404 = "commonweal.site.web.views.not_found"
