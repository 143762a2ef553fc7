"""Addresses of persons. Ids are read by the views, so that a malformed one looks like an absent one."""

from django.urls import path

from commonweal.people.web import views_consent, views_people, views_standing

app_name = "people"

urlpatterns = [
    path("", views_people.index, name="index"),
    path("new/", views_people.new, name="new"),
    path("<str:person_id>/", views_people.show, name="person"),
    path("<str:person_id>/edit/", views_people.edit, name="edit"),
    path("<str:person_id>/consent/", views_consent.ask, name="consent"),
    path("<str:person_id>/consent/<str:consent_id>/", views_consent.record, name="consent-record"),
    path("<str:person_id>/consent/<str:consent_id>/stop/", views_consent.stop, name="consent-stop"),
    path("<str:person_id>/standing/", views_standing.standing, name="standing"),
    path("<str:person_id>/standing/close/", views_standing.close, name="close"),
    path("<str:person_id>/standing/reopen/<str:partner_id>/", views_standing.reopen, name="reopen"),
    path("<str:person_id>/standing/died/", views_standing.died, name="died"),
    path("<str:person_id>/standing/mixed-up/", views_standing.mixed_up, name="mixed-up"),
    path("<str:person_id>/own-page/", views_standing.own_page, name="own-page"),
    path("<str:person_id>/safe-address/", views_standing.safe_address, name="safe-address"),
]
