"""Addresses of screening, under ``/screenings/``. None says what anybody answered."""

from django.urls import path

from commonweal.screening.web import alone, answering, listing, needs, review

app_name = "screening"

urlpatterns = [
    path("", listing.list_, name="list"),
    path("new/<str:person>/", answering.new, name="new"),
    path("paper/<slug:key>/", listing.paper, name="paper"),
    path("alone/<str:token>/", alone.alone, name="alone"),
    path("needs/new/<str:person>/", needs.new, name="need-new"),
    path("needs/<str:need>/", needs.show, name="need"),
    path("<str:screening>/", review.review, name="review"),
    path("<str:screening>/answer/", answering.answer, name="answer"),
    path("<str:screening>/link/", answering.link, name="link"),
    path("<str:screening>/aloud/", answering.aloud, name="aloud"),
    path("<str:screening>/wishes/", review.wishes, name="wishes"),
    path("<str:screening>/mistake/", review.mistake, name="mistake"),
]
