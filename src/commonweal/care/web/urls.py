"""Addresses below ``/care/``."""

from django.urls import path

from commonweal.care.web import views

app_name = "care"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("person/<uuid:person_id>/join/", views.join, name="join"),
    path("<uuid:member_id>/leave/", views.leave, name="leave"),
    path("<uuid:member_id>/lead/", views.lead, name="lead"),
    path("<uuid:member_id>/my-lead/", views.my_lead, name="my-lead"),
]
