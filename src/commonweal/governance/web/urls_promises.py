"""The addresses of promises, and of who shapes what we do."""

from django.urls import path

from commonweal.governance.web import views_power, views_promises

app_name = "promises"

urlpatterns = [
    path("", views_promises.register, name="register"),
    path("new/", views_promises.new, name="new"),
    path("power/", views_power.power, name="power"),
    path("<uuid:promise_id>/", views_promises.promise, name="promise"),
]
