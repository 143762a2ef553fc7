"""Every URL of Commonweal, by context."""

from django.urls import include, path

from commonweal.site.web import demo_days, demo_mail, glass, health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.set_language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("emergency/<uuid:person_id>/", glass.open_record, name="glass-open"),
    path("emergency/<uuid:person_id>/record/", glass.record, name="glass-record"),
    path("emergency/reviews/<uuid:glass_id>/", glass.review, name="glass-review"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("gallery/", include("commonweal.foundation.ui.web.urls")),
    path("accounts/", include("commonweal.foundation.accounts.web.urls")),
    path("demo/mail/", demo_mail.outbox, name="demo-mail"),
    path("demo/days/", demo_days.calendar, name="demo-days"),
    path("demo/", include("commonweal.foundation.accounts.web.urls_demo")),
    path("table/", include("commonweal.partners.web.urls")),
    path("voices/", include("commonweal.voice.web.urls")),
    path("decisions/", include("commonweal.governance.web.urls")),
    path("promises/", include("commonweal.governance.web.urls_promises")),
    path("people/", include("commonweal.people.web.urls")),
    path("my/", include("commonweal.people.web.urls_my")),
    path("directory/", include("commonweal.directory.web.urls")),
    path("screenings/", include("commonweal.screening.web.urls")),
    path("referrals/", include("commonweal.referrals.web.urls")),
    path("r/", include("commonweal.referrals.web.urls_link")),
    path("care/", include("commonweal.care.web.urls")),
    path("measures/", include("commonweal.measures.web.urls")),
]

handler404 = "commonweal.site.web.views.not_found"
