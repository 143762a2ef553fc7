"""Addresses of measures."""

from django.urls import path

from commonweal.measures.web import views

app_name = "measures"

urlpatterns = [
    path("", views.register, name="register"),
    path("<slug:measure_id>/", views.measure, name="measure"),
    path("<slug:measure_id>.csv", views.figures_csv, name="csv"),
]
