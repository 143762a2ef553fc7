"""Addresses below ``/care/``."""

from django.urls import path

from commonweal.care.web import views, views_stays

app_name = "care"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("person/<uuid:person_id>/join/", views.join, name="join"),
    path("person/<uuid:person_id>/stay/", views_stays.stay, name="stay"),
    path("stays/<uuid:stay_id>/", views_stays.change, name="stay-change"),
    path("<uuid:member_id>/leave/", views.leave, name="leave"),
    path("<uuid:member_id>/lead/", views.lead, name="lead"),
    path("<uuid:member_id>/my-lead/", views.my_lead, name="my-lead"),
]
