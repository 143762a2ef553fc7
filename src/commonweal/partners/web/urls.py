"""The table's addresses."""

from django.urls import path

from commonweal.partners.web import views

app_name = "partners"

urlpatterns = [
    path("", views.table, name="table"),
    path("join/", views.join, name="join"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
    path("partners/<slug:slug>/edit/", views.edit, name="edit"),
    path("partners/<slug:slug>/people/", views.people, name="people"),
    path("partners/<slug:slug>/people/<uuid:membership_id>/end/", views.end_role, name="end-role"),
    path("partners/<slug:slug>/leave/", views.leave, name="leave"),
]
