"""Addresses of the person's own page."""

from django.urls import path

from commonweal.people.web import views_my

app_name = "my"

urlpatterns = [
    path("", views_my.my, name="my"),
    path("seen/", views_my.seen, name="seen"),
    path("stop/<str:consent_id>/", views_my.stop, name="stop"),
    path("close/", views_my.close, name="close"),
    path("open/<str:partner_id>/", views_my.reopen, name="reopen"),
    path("reach/", views_my.reach, name="reach"),
    path("leave/", views_my.leave, name="leave"),
]
