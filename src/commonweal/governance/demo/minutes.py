"""The fourteen decisions of the demo's table, as its minutes tell them. All invented.

Ages are in months before today, so that the history always ends now. Where a page names a decision by its
number (the three-day answer is Decision 11), it is this list that it means.
"""

from dataclasses import dataclass, field

from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Effect:
    """A mandate. ``lasts`` in months from its start (None: open); ``withdrawn`` so many months ago, and why.

    Definitions of shared data are called as in the dictionary, a storey above, whose catalog has the Spanish.
    """

    matter: Matter
    scope: str
    words: str
    lasts: float | None = None
    withdrawn: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """One decision."""

    months: float
    title: str
    question: str
    yes: int
    no: int
    abstain: int
    residents: Assent
    method: str
    reasons: str
    dissent: str = ""
    undo: str = ""
    adopted: bool = True
    effects: tuple[Effect, ...] = field(default=())


TWO_THIRDS = N_("Two thirds of the votes cast, and the residents’ yes")
MAJORITY = N_("More yes than no among the votes cast")
ANYONE = N_("Any partner, or five residents, can ask to undo it.")
AT_ONCE = N_("Any partner, or five residents, can ask to undo it. Reading under it stops the same moment.")

MINUTES: tuple[Minutes, ...] = (
    Minutes(
        22,
        N_("Our bylaws"),
        N_("Shall these be the rules by which we decide?"),
        13,
        0,
        1,
        Assent.YES,
        TWO_THIRDS,
        N_("One organization, one vote, whatever its size. The residents can stop what concerns them."),
        undo=N_("Two thirds of the votes cast, and the residents’ yes."),
        effects=(Effect(Matter.BYLAWS, "bylaws:1", N_("The bylaws, first version")),),
    ),
    Minutes(
        20.5,
        N_("Care partners may tell each other, for one year"),
        N_("May partners who help the same person tell each other what is needed, if that person agrees?"),
        14,
        2,
        0,
        Assent.YES,
        TWO_THIRDS,
        N_("People told us that they tell their story five times. With their yes, once is enough."),
        N_("A year is too long for a trial; we would have tried three months."),
        AT_ONCE,
        effects=(Effect(Matter.DATA_SHARING, "care-partners", N_("For one year, as a trial"), 12),),
    ),
    Minutes(
        19,
        N_("Count whom we ask, and what became of it"),
        N_(
            "Shall we count, in the same way everywhere, how many people we ask and how many requests get "
            "an answer?"
        ),
        15,
        1,
        0,
        Assent.NOT_ASKED,
        MAJORITY,
        N_("We cannot mend what we do not see. No names are counted, and small numbers stay hidden."),
        undo=ANYONE,
        effects=(
            Effect(Matter.MEASURE, "screening-rate", N_("How many people were asked")),
            Effect(Matter.MEASURE, "disposition-known", N_("How many requests have a known end")),
            Effect(Matter.MEASURE, "element:screening-outcome", "How asking ended"),
            Effect(Matter.MEASURE, "element:topics-asked", "What a person was asked about"),
            Effect(Matter.MEASURE, "element:need-domain", "What help is for"),
            Effect(Matter.MEASURE, "element:request-sent-on", "The day a request was sent"),
            Effect(Matter.MEASURE, "element:request-outcome", "Whether the end is known"),
        ),
    ),
    Minutes(
        17,
        N_("Counselors may tell the clinic"),
        N_(
            "May Riverbend tell Millrace and Alder General that someone is in counseling, if that person "
            "agrees?"
        ),
        12,
        3,
        2,
        Assent.YES,
        TWO_THIRDS,
        N_("Doctors asked not to prescribe blindly."),
        N_("Our ward is the reason people stay away."),
        AT_ONCE,
        effects=(
            Effect(
                Matter.DATA_SHARING,
                "counseling",
                N_("For two years"),
                24,
                (
                    10,
                    N_(
                        "Three people told the Residents’ Council that they had not understood what they "
                        "signed."
                    ),
                ),
            ),
        ),
    ),
    Minutes(
        16,
        N_("Ask people whether it helped"),
        N_("Shall the person’s own answer, and not ours, say whether a need is met?"),
        17,
        0,
        0,
        Assent.YES,
        MAJORITY,
        N_("A closed file is not a full fridge. Whoever was helped knows best."),
        undo=ANYONE,
        effects=(
            Effect(Matter.MEASURE, "need-met", N_("How many needs are met, says the person")),
            Effect(Matter.MEASURE, "element:need-met", "Whether the need is met"),
            Effect(Matter.MEASURE, "element:request-accepted", "Whether a service said yes"),
            Effect(Matter.MEASURE, "element:consent", "What a person allows"),
        ),
    ),
    Minutes(
        14,
        N_("Publish each partner’s results by name"),
        N_("Shall each partner’s results stand on the public page under its name?"),
        9,
        7,
        1,
        Assent.NO,
        TWO_THIRDS,
        N_("For: the public pays, and may know. Against: a pantry with nine clients would show its clients."),
        N_("Results by name would be read as a ranking of neighbors."),
        adopted=False,
    ),
    Minutes(
        12,
        N_("Care partners may go on telling each other"),
        N_(
            "Shall partners who help the same person go on telling each other, and may they tell Safe "
            "Harbor, if the person agrees?"
        ),
        16,
        1,
        1,
        Assent.YES,
        TWO_THIRDS,
        N_(
            "After the trial year, 9 of 10 people asked said: leave it as it is. Safe Harbor hears, and "
            "never tells."
        ),
        N_("Show us the counts every quarter, or we vote no next time."),
        AT_ONCE,
        effects=(
            Effect(Matter.DATA_SHARING, "care-partners", N_("For eighteen months"), 18),
            Effect(Matter.DATA_SHARING, "safe-harbor", N_("One way only: to Safe Harbor"), 18),
            Effect(Matter.DATA_SHARING, "clinicians", N_("Among those who treat someone"), 18),
        ),
    ),
    Minutes(
        11.5,
        N_("Three co-leads from three sectors"),
        N_("Shall each workgroup be led by three people from three sectors?"),
        15,
        2,
        0,
        Assent.YES,
        TWO_THIRDS,
        N_("Two of three groups were led by hospitals alone."),
        undo=N_("Two thirds of the votes cast, and the residents’ yes."),
        effects=(Effect(Matter.BYLAWS, "bylaws:2", N_("Bylaws, article 4.1")),),
    ),
    Minutes(
        7,
        N_("Count the days until help comes"),
        N_(
            "Shall we count how many days pass from the request until help begins, those still waiting "
            "included?"
        ),
        16,
        0,
        2,
        Assent.NOT_ASKED,
        MAJORITY,
        N_("Leaving out those who wait makes us look quicker than we are."),
        undo=ANYONE,
        effects=(
            Effect(Matter.MEASURE, "days-to-service", N_("Days until help begins")),
            Effect(Matter.MEASURE, "element:help-began-on", "The day help began"),
        ),
    ),
    Minutes(
        6,
        N_("Pay small organizations for answering"),
        N_("Shall the pooled fund pay community groups for the minutes that an answer takes?"),
        14,
        3,
        1,
        Assent.YES,
        MAJORITY,
        N_("Answering takes a pantry eleven hours a month. Hospitals are paid for theirs."),
        N_("Paid by the answer, some will answer more and help less."),
        ANYONE,
        effects=(Effect(Matter.BUDGET, "answering-time", N_("From the pooled fund"), 7.3),),
    ),
    Minutes(
        5.5,
        N_("An answer within three working days"),
        N_("Shall everyone who is asked for help answer within three working days, if only to say no?"),
        16,
        2,
        0,
        Assent.YES,
        MAJORITY,
        N_("A quick no is a kindness: the person can be sent elsewhere the same week."),
        N_("Volunteers have no working days."),
        ANYONE,
        effects=(
            Effect(Matter.SERVICE_STANDARD, "referral-answer", N_("Three working days, then a reminder"), 12),
        ),
    ),
    Minutes(
        3,
        N_("In which order the directory shows help"),
        N_("Shall the directory show first what is near, open and has room, whoever runs it?"),
        17,
        1,
        0,
        Assent.YES,
        MAJORITY,
        N_("Nobody pays for a place in the list. Each line says why it is shown."),
        undo=ANYONE,
        effects=(Effect(Matter.DIRECTORY, "directory-order", N_("Fit, then distance, then freshness")),),
    ),
    Minutes(
        2.5,
        N_("Where we want to be by next summer"),
        N_("Shall we aim at 75 of 100 requests with a known end, and 40 of 100 needs met, by next summer?"),
        15,
        2,
        1,
        Assent.YES,
        MAJORITY,
        N_("A number to reach, chosen together, is a promise. We look at it each quarter, in the open."),
        N_("Whoever counts only what can be reached will stop trying for the rest."),
        ANYONE,
        effects=(
            Effect(Matter.TARGET, "disposition-known", N_("75 of 100 requests with a known end"), 12),
            Effect(Matter.TARGET, "need-met", N_("40 of 100 needs met, says the person"), 12),
        ),
    ),
    Minutes(
        1.5,
        N_("Publish results by partner, small numbers held back"),
        N_(
            "Shall each partner’s results stand on the public page, now that no number below eleven is "
            "ever shown or can be worked out?"
        ),
        15,
        2,
        1,
        Assent.YES,
        TWO_THIRDS,
        N_(
            "We said no in Decision 6 because nine clients would have been seen. We have watched the "
            "counting for a year: they cannot be."
        ),
        N_("It will still be read as a ranking."),
        ANYONE,
        effects=(
            Effect(
                Matter.PUBLICATION,
                "measures-by-partner",
                N_("By partner and quarter, small numbers held back"),
                12,
            ),
        ),
    ),
)
