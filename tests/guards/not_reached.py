"""What the walk of ``test_no_path`` does not reach, by reason: acts, addresses, commands."""

ACTS_NOT_REACHED: dict[str, tuple[str, ...]] = {
    "moves one person's care by a code of a list of its own; its context walks it, and it governs nothing": (
        "care.actions.",
        "people.actions.",
        "referrals.actions.answering.",
        "referrals.actions.asking.",
        "referrals.actions.unmet.",
        "screening.actions.",
    ),
    "speaks of a public entry by the name of one of its facts, or of a row in quarantine": (
        "directory.actions.corrections.suggest_correction",
        "directory.actions.verification.answer_verification",
        "directory.actions.wishes.say_unmet",
        "foundation.intake.actions.dismiss",
    ),
    "a hand of another act, which gives it rows and not ids; that act is walked": (
        "governance.actions.promising.written_in_minutes",
        "governance.actions.proposing.putting.put",
        "governance.actions.proposing.writing.add_version",
        "partners.actions.minuting.became",
        "partners.actions.work.to_arrange",
        "partners.actions.work.written_down",
        "referrals.actions.step.note",
        "referrals.actions.writing.new_task",
    ),
    "is about what people said, by nodes and codes of a list of its own; it governs nothing": (
        "governance.actions.proposing.writing.take_up",
        "voice.actions.",
    ),
    "needs what nobody here left: a paper ballot that waits, a proxy, a motion, a matter for an agenda": (
        "governance.actions.casting.check_paper",
        "governance.actions.holding.end_vote",
        "governance.actions.holding.put_motion",
        "governance.actions.polling.proxies.revoke_proxy",
        "partners.actions.agendas.take_up",
    ),
    "needs a seat of the very body that it names": ("partners.actions.work.take_on",),
}
"""Acts, or rooms of acts, that no plausible argument surely brings past their checks, and why."""

ADDRESSES_NOT_DONE: dict[str, tuple[str, ...]] = {
    "governed: under bylaws it is refused, or leads to a question": (
        "decisions/<int:number>/effect/",
        "decisions/bylaws/change/",
        "table/bodies/<slug:slug>/end/",
        "table/bodies/<slug:slug>/seat/",
        "table/found/",
        "table/join/",
        "table/partners/<slug:slug>/control/",
        "table/partners/<slug:slug>/leave/",
        "table/seats/<uuid:seat_id>/end/",
        "table/seats/<uuid:seat_id>/give/",
    ),
    "signing in: it answers to a key, or to a link of a ceremony": (
        "accounts/again/",
        "accounts/invitation/<str:token>/",
        "accounts/link/<str:token>/",
        "accounts/passkeys/<int:passkey_id>/remove/",
        "accounts/passkeys/add/",
        "accounts/sign-in/",
    ),
    "is there in a demo only": ("demo/", "demo/mail/", "demo/days/"),
    "its moment is not now: a vote that waits, a challenge that is open, a meeting to move": (
        "decisions/<int:number>/challenge/",
        "decisions/motions/<uuid:line_id>/",
        "decisions/questions/<int:number>/again/<uuid:body_id>/",
        "decisions/questions/<int:number>/behind/",
        "decisions/questions/<int:number>/conflicts/",
        "decisions/questions/<int:number>/conflicts/<uuid:recusal_id>/",
        "decisions/questions/<int:number>/past/",
        "decisions/questions/<int:number>/reasons/<uuid:poll_id>/",
        "table/meetings/<uuid:meeting_id>/change/",
        "table/meetings/<uuid:meeting_id>/worth/",
    ),
    "its form asks for words that fit together; the acts behind it are tried above": (
        "decisions/agreements/new/",
        "decisions/delegations/<uuid:delegation_id>/act/",
        "decisions/questions/<int:number>/vote/",
        "decisions/record/",
        "directory/v/<str:token>/",
        "directory/v/<str:token>/<uuid:service_id>/",
        "table/actions/",
    ),
    "is about what people said: a code, a choice and a reason that fit together; it governs nothing": (
        "voices/acts/<uuid:act_id>/take-back/",
        "voices/ask/",
        "voices/bodies/<slug:slug>/group/",
        "voices/bodies/<slug:slug>/merge/",
        "voices/groups/<uuid:group_id>/answer/",
        "voices/groups/<uuid:group_id>/link/",
        "voices/groups/<uuid:group_id>/split/",
        "voices/inputs/<uuid:input_id>/answer/",
        "voices/inputs/<uuid:input_id>/link/",
        "voices/inputs/<uuid:input_id>/redact/",
        "voices/stop/<str:token>/",
        "voices/write-down/",
    ),
    "is about one person, whom those who are tried here do not serve; it governs nothing": (
        "care/<uuid:member_id>/my-lead/",
        "care/person/<uuid:person_id>/stay/",
        "care/stays/<uuid:stay_id>/",
        "emergency/reviews/<uuid:glass_id>/",
        "my/stop/<str:consent_id>/",
        "people/",
        "people/<str:person_id>/own-page/",
        "people/new/",
        "r/<str:token>/",
        "referrals/asked/<uuid:task_id>/",
        "referrals/my/<uuid:task_id>/met/",
        "referrals/my/<uuid:task_id>/stop/",
        "screenings/<str:screening>/aloud/",
        "screenings/<str:screening>/link/",
    ),
}
"""Addresses where no form that the pages of this world offer was taken, and why."""

NOT_RUN = {
    "demo": "fills an empty home of its own, never one that exists, and then serves",
    "serve": "serves the addresses that are walked above",
    "worker": "runs the jobs that are walked above",
    "audit verify": "reads the chain by a connection of its own, and writes nothing",
    "doctor": "reads settings of the server by a connection of its own, and writes nothing",
}
"""Commands that are not run, and why."""

COMMANDS_NOT_REACHED = {"nothing waits in quarantine here": ("quarantine show",)}
