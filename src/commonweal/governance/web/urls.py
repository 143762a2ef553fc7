"""The register's addresses."""

from django.urls import path

from commonweal.governance.web import (
    views,
    views_ballot_link,
    views_bylaws,
    views_delegations,
    views_in_room,
    views_initiatives,
    views_questions,
    views_record,
    views_talking,
    views_voting,
)

app_name = "governance"

urlpatterns = [
    path("", views.register, name="register"),
    path("record/", views_record.record, name="record"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/new/", views_record.agree, name="agree"),
    path("agreements/<uuid:agreement_id>/", views.agreement, name="agreement"),
    path("mandates/<uuid:mandate_id>/withdraw/", views_record.withdraw, name="withdraw"),
    path("bylaws/", views_bylaws.index, name="bylaws"),
    path("bylaws/bylaws.toml", views_bylaws.download, name="bylaws-file"),
    path("bylaws/change/", views_bylaws.change, name="bylaws-change"),
    path("bylaws/<int:number>/", views_bylaws.version, name="bylaws-version"),
    path("bylaws/<int:number>/bylaws.toml", views_bylaws.download, name="bylaws-version-file"),
    path("questions/", views_questions.index, name="questions"),
    path("questions/new/", views_questions.new, name="question-new"),
    path("questions/<int:number>/", views_questions.question, name="question"),
    path("questions/<int:number>/edit/", views_talking.edit, name="question-edit"),
    path("questions/<int:number>/say/", views_talking.say, name="question-say"),
    path("questions/<int:number>/texts/<uuid:amendment_id>/", views_talking.settle, name="question-settle"),
    path("questions/<int:number>/stance/", views_talking.stance, name="question-stance"),
    path("questions/<int:number>/conflicts/", views_talking.disclose, name="question-disclose"),
    path("questions/<int:number>/conflicts/<uuid:recusal_id>/", views_talking.judge, name="question-judge"),
    path("questions/<int:number>/vote/", views_voting.vote, name="question-vote"),
    path("questions/<int:number>/step/", views_voting.act, name="question-act"),
    path("questions/<int:number>/paper/", views_voting.paper, name="question-paper"),
    path("questions/<int:number>/in/<uuid:meeting_id>/", views_in_room.in_room, name="in-room"),
    path("motions/<uuid:line_id>/", views_in_room.motion, name="motion"),
    path("ballots/<str:token>/", views_ballot_link.ballot, name="ballot-link"),
    path("boards/<uuid:poll_id>/", views_voting.board, name="board"),
    path("delegations/", views_delegations.index, name="delegations"),
    path("delegations/<uuid:delegation_id>/", views_delegations.delegation, name="delegation"),
    path("delegations/<uuid:delegation_id>/act/", views_delegations.act, name="delegation-act"),
    path("delegations/<uuid:delegation_id>/report/", views_delegations.report, name="delegation-report"),
    path("delegations/reports/<uuid:report_id>/", views_delegations.read, name="delegation-report-read"),
    path("initiatives/", views_initiatives.index, name="initiatives"),
    path("initiatives/<slug:slug>/", views_initiatives.initiative, name="initiative"),
    path("<int:number>/", views.decision, name="decision"),
    path("<int:number>/effect/", views_record.effect, name="effect"),
]
