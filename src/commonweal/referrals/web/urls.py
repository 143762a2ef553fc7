"""Addresses below ``/referrals/``."""

from django.urls import path

from commonweal.referrals.web import answering, creating, lists, mine, table, thread

app_name = "referrals"
urlpatterns = [
    path("", lists.sent, name="sent"),
    path("asked/", lists.inbox, name="inbox"),
    path("asked/<uuid:task_id>/", answering.answer, name="answer"),
    path("working/", lists.caseload, name="caseload"),
    path("export/sent.csv", lists.export, {"which": "sent"}, name="export-sent"),
    path("export/asked.csv", lists.export, {"which": "asked"}, name="export-asked"),
    path("export/working.csv", lists.export, {"which": "working"}, name="export-working"),
    path("new/<uuid:need_id>/", creating.choose, name="choose"),
    path("new/<uuid:need_id>/ask/", creating.write, name="write"),
    path("new/<uuid:need_id>/nothing/", creating.nothing, name="nothing"),
    path("gaps/", table.gaps, name="gaps"),
    path("gaps/<uuid:gap_id>/", table.answer_gap, name="answer-gap"),
    path("time/", table.burden, name="burden"),
    path("my/<uuid:task_id>/said/", mine.said, name="my-said"),
    path("my/<uuid:task_id>/stop/", mine.stop, name="my-stop"),
    path("my/<uuid:task_id>/met/", mine.met, name="my-met"),
    path("<uuid:referral_id>/", thread.thread, name="thread"),
    path("<uuid:referral_id>/<uuid:task_id>/", thread.act, name="act"),
    path("<uuid:referral_id>/<uuid:task_id>/letter/", thread.letter, name="letter"),
]
