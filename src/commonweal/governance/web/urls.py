"""The register's addresses."""

from django.urls import path

from commonweal.governance.web import views, views_record

app_name = "governance"

urlpatterns = [
    path("", views.register, name="register"),
    path("record/", views_record.record, name="record"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/new/", views_record.agree, name="agree"),
    path("agreements/<uuid:agreement_id>/", views.agreement, name="agreement"),
    path("mandates/<uuid:mandate_id>/withdraw/", views_record.withdraw, name="withdraw"),
    path("<int:number>/", views.decision, name="decision"),
    path("<int:number>/effect/", views_record.effect, name="effect"),
]
