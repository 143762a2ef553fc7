"""The addresses of voices."""

from django.urls import path

from commonweal.voice.web import views, views_keeping, views_saying

app_name = "voice"

urlpatterns = [
    path("", views.index, name="index"),
    path("say/", views_saying.say, name="say"),
    path("write-down/", views_saying.write_down, name="write-down"),
    path("ask/", views_saying.ask, name="ask"),
    path("stop/<str:token>/", views_saying.stop, name="stop"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("bodies/<slug:slug>/group/", views_keeping.group, name="group"),
    path("bodies/<slug:slug>/merge/", views_keeping.merge, name="merge"),
    path("inputs/<uuid:input_id>/", views.one, name="input"),
    path("inputs/<uuid:input_id>/answer/", views_keeping.answer_input, name="answer-input"),
    path("inputs/<uuid:input_id>/link/", views_keeping.link_input, name="link-input"),
    path("inputs/<uuid:input_id>/redact/", views_keeping.redact, name="redact"),
    path("groups/<uuid:group_id>/", views.group, name="group-page"),
    path("groups/<uuid:group_id>/split/", views_keeping.split, name="split"),
    path("groups/<uuid:group_id>/answer/", views_keeping.answer_group, name="answer-group"),
    path("groups/<uuid:group_id>/link/", views_keeping.link_group, name="link-group"),
    path("acts/<uuid:act_id>/take-back/", views_keeping.take_back, name="take-back"),
]
