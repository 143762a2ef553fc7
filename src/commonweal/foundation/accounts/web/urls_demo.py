"""The page of the cast, mounted at /demo/ (a 404 in a real installation)."""

from django.urls import path

from commonweal.foundation.accounts.web import views_demo

app_name = "demo"

urlpatterns = [path("", views_demo.cast, name="cast")]
