"""The gallery of parts."""

from django.urls import path

from commonweal.foundation.ui.web.views import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
