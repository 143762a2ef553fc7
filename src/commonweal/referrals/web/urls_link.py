"""Addresses below ``/r/``: what opens by a link."""

from django.urls import path

from commonweal.referrals.web import links

app_name = "referral_links"
urlpatterns = [
    path("said/<str:token>/", links.said, name="said"),
    path("<str:token>/", links.respond, name="respond"),
]
