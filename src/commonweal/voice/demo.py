"""The demo's voices: forty things that people said in two years, and what became of them.

Built through the acts alone, with the clock held at the day of each. Everybody and everything is invented.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.voice import actions
from commonweal.voice.shapes import node
from commonweal.voice.vocabulary import Answering, Hand, Way

DAY = timedelta(days=1)
TABLE, COUNCIL = "table", "residents-council"
HELPER = "Inés Valdivia"


@dataclass(frozen=True, slots=True)
class One:
    """Something that was said, so many days ago. ``key`` names the group that it comes into."""

    key: str
    days: int
    words: str
    language: str = "en"
    way: Way = Way.PAGE
    hand: Hand = Hand.DIRECT
    is_public: bool = True
    name: str = ""
    where: str = ""
    to: str = COUNCIL


ALL: Sequence[One] = (
    One("rides", 700, N_("The clinic is eleven miles away and the bus stops at six.")),
    One("rides", 655, N_("I missed two appointments because nobody could drive me."), way=Way.PHONE),
    One(
        "rides",
        640,
        N_("My neighbor drives me. She is 78."),
        way=Way.MEETING,
        where=N_("Alder Falls Library"),
    ),
    One("rides", 410, "No hay cómo llegar a la despensa los sábados.", "es", name="Rosario"),
    One("rides", 300, N_("In winter I don’t go. The road is ice and I don’t see well."), way=Way.PAPER),
    One("sunday", 620, N_("On Sunday there is no bus at all. Church and the pantry are on Sunday.")),
    One("sunday", 380, "El domingo no hay autobús y ese día reparten comida.", "es"),
    One("home", 210, N_("I came home on a Friday and there was nothing in the kitchen."), name="Dale"),
    One(
        "home",
        190,
        N_("They sent my father home and told nobody. He is diabetic."),
        way=Way.PHONE,
        hand=Hand.RELAYED,
    ),
    One(
        "home",
        150,
        "Salí del hospital y nadie sabía que ya estaba en casa.",
        "es",
        Way.IN_PERSON,
        Hand.INTERPRETED,
    ),
    One("home", 95, N_("Tell the pantry the day. Don’t tell them why I was there."), is_public=False),
    One("home", 60, N_("My aunt got a box of food for a house where nobody was."), way=Way.SMS),
    One("words", 330, "En las reuniones todo es en inglés. Yo entiendo la mitad.", "es", name="Marisol"),
    One(
        "words",
        260,
        N_("My mother speaks Hmong. Nobody asked her anything."),
        "other",
        Way.MEETING,
        Hand.INTERPRETED,
        where=N_("Millrace school"),
    ),
    One("words", 120, "Quiero hablar en la mesa, pero me da pena mi inglés.", "es", is_public=False),
    One("words", 80, N_("You send letters that only lawyers can read.")),
    One("formula", 105, N_("The formula shelf was empty three times this fall."), to=TABLE),
    One(
        "formula",
        88,
        "Diluyo la leche de la bebé hasta que llega el cheque.",
        "es",
        is_public=False,
        to=TABLE,
    ),
    One("formula", 41, N_("Diapers cost more than my electric bill."), way=Way.PAPER, to=TABLE),
    One("heat", 500, N_("They shut my power off with two children in the house."), to=TABLE),
    One("heat", 480, N_("I pay the light or I pay the medicine."), way=Way.PHONE, to=TABLE),
    One("heat", 200, "Me cortaron la luz en enero. La insulina se echó a perder.", "es", to=TABLE),
    One("bench", 450, N_("A bench at the stop on Ferry Street. I can’t stand for twenty minutes.")),
    One("bench", 400, N_("There is no shade where we wait with the little ones.")),
    One("crossing", 560, N_("A car nearly hit my boy at the school crossing."), name="Keisha"),
    One(
        "crossing",
        540,
        N_("We don’t need a safer place to walk. We need the trucks gone."),
        way=Way.MEETING,
        where=N_("Alder Falls Library"),
    ),
    One("teeth", 350, N_("No dentist here takes our card. I pulled one myself."), is_public=False, to=TABLE),
    One("teeth", 170, "Para el dentista manejo dos horas.", "es", to=TABLE),
    One("night", 240, N_("After five there is nobody to call. Hunger comes after five."), to=TABLE),
    One("night", 66, N_("The help line plays music for forty minutes."), way=Way.SMS, to=TABLE),
    One("phones", 75, N_("My phone minutes run out before the month does."), to=TABLE),
    One("", 52, N_("Why do I tell my story to five people who all write it down?"), to=TABLE),
    One("", 47, N_("The form asks for papers. So we don’t come."), is_public=False, to=TABLE),
    One("", 38, N_("Thank you for the van. The driver waits until my door is open."), name="Harold"),
    One("", 33, "El parque de Millrace no tiene luz y mis hijas no pueden jugar.", "es"),
    One("", 26, N_("Please hold one meeting in the evening."), to=TABLE),
    One("", 19, N_("I am raising my grandson and no program has a box for that."), way=Way.PHONE),
    One("", 12, N_("Who decides what the pooled fund pays? I never met one of them."), to=TABLE),
    One("", 6, "¿Cuándo vuelve la camioneta de las verduras?", "es", is_public=False),
    One("", 2, N_("The water tastes of metal on our street."), way=Way.SMS),
)

TITLES: Mapping[str, tuple[int, str, str]] = {
    "rides": (600, N_("A ride when there is no bus"), N_("All say that they can’t get there.")),
    "home": (140, N_("Someone should know the day we come home"), N_("All were alone on that day.")),
    "words": (250, N_("In words that we understand"), N_("All ask to be spoken to in their own words.")),
    "formula": (84, N_("Formula and diapers"), N_("The same shelf, and the same week of the month.")),
    "heat": (470, N_("Power that stays on"), N_("All were cut off, or near it.")),
    "bench": (395, N_("Where we wait for the bus"), N_("The same stop.")),
    "crossing": (535, N_("The school crossing"), N_("The same crossing.")),
    "teeth": (160, N_("A dentist who takes our card"), N_("The same card.")),
    "night": (60, N_("Help after five"), N_("Both called when nobody answers.")),
}
"""When a group was made (days ago), its title, why."""

Reply = tuple[str, int, Answering, str, str, int]
REPLIES: Sequence[Reply] = (
    (
        "heat",
        460,
        Answering.CONSIDERING,
        N_("The energy fund counts with us how many are cut off."),
        "El fondo de energía cuenta con nosotros a cuántas personas les cortan.",
        0,
    ),
    (
        "heat",
        180,
        Answering.ANSWERED,
        N_("Since June the fund pays before the shut-off. Call 555-0107."),
        "Desde junio el fondo paga antes del corte. Llame al 555-0107.",
        0,
    ),
    (
        "bench",
        380,
        Answering.REFUSED,
        N_("The stop is the city’s, and it said no in writing: no money for benches before July."),
        "La parada es de la ciudad, y dijo que no por escrito: no hay dinero para bancas antes de julio.",
        0,
    ),
    (
        "crossing",
        520,
        Answering.ANSWERED,
        N_("The county put a guard there at eight and at three."),
        "El condado puso a alguien que cuida el cruce a las ocho y a las tres.",
        0,
    ),
    (
        "teeth",
        150,
        Answering.DEFERRED,
        N_("Millrace asks two dentists. They answer when the new rates are out."),
        "Millrace pregunta a dos dentistas. Responden cuando salgan las nuevas tarifas.",
        60,
    ),
    (
        "sunday",
        290,
        Answering.REFUSED,
        N_("The county pays no driver on Sundays. We asked twice, in March and in May."),
        "El condado no paga conductor los domingos. Lo pedimos dos veces, en marzo y en mayo.",
        0,
    ),
    (
        "formula",
        80,
        Answering.CONSIDERING,
        N_("Ferry Street counts what is missing each week."),
        "Ferry Street cuenta cada semana lo que falta.",
        0,
    ),
)


def seed(keeper: Actor, helper: Actor) -> dict[str, UUID]:
    """What was said, put together and answered; the groups by their keys."""
    said = _say(keeper, helper)
    groups = _group(keeper, said)
    for key, days, how, words, there, until in REPLIES:
        with at(now() - days * DAY), acting(keeper):
            actions.answer(
                node("group", groups[key]),
                how,
                words,
                by=keeper,
                words_there=there,
                language_there="es",
                until=today() + (days + until) * DAY if until else None,
            )
    _alone(keeper, said)
    return groups


def _say(keeper: Actor, helper: Actor) -> list[tuple[One, UUID]]:
    found = []
    for one in ALL:
        body = partners.body_named(one.to)
        assert body is not None
        by = Actor.public() if one.way is Way.PAGE else helper
        with at(now() - one.days * DAY), acting(by):
            kept = actions.say(
                body.id,
                one.words,
                by=by,
                language=one.language,
                way=one.way,
                hand=one.hand,
                is_public=one.is_public,
                name=one.name,
                where=one.where,
            )
        found.append((one, kept.input_id))
    return found


def _group(keeper: Actor, said: Sequence[tuple[One, UUID]]) -> dict[str, UUID]:
    """Groups come to be, take in what is said later, are split and merged."""
    groups: dict[str, UUID] = {}
    for key, (days, title, why) in TITLES.items():
        keys = {key, "sunday"} if key == "rides" else {key}
        those = [(one, pk) for one, pk in said if one.key in keys]
        body = partners.body_named(those[0][0].to)
        assert body is not None
        first = [pk for one, pk in those if one.days >= days]
        with at(now() - days * DAY), acting(keeper):
            groups[key] = actions.group(body.id, first, by=keeper, title=title, why=why)
        for one, pk in those:
            if one.days < days:
                with at(now() - (one.days - 1) * DAY), acting(keeper):
                    actions.group(body.id, [pk], by=keeper, why=N_("It asks for the same."), into=groups[key])
    sundays = [pk for one, pk in said if one.key == "sunday"]
    with at(now() - 310 * DAY), acting(keeper):
        groups["sunday"] = actions.split(
            groups["rides"],
            sundays,
            by=keeper,
            title=N_("A bus on Sunday"),
            why=N_("Sunday is the county’s bus, not a ride from us."),
        )
    with at(now() - 270 * DAY), acting(keeper):
        groups["stop"] = actions.merge(
            [groups["bench"], groups["crossing"]],
            by=keeper,
            title=N_("Streets where we wait and walk"),
            why=N_("The same office of the city answers for both."),
        )
    return groups


def _alone(keeper: Actor, said: Sequence[tuple[One, UUID]]) -> None:
    """What stands alone and has an answer of its own; the rest waits, some of it too long."""
    replies = {
        38: (36, Answering.ANSWERED, N_("We read it to Northbank’s drivers. They say thank you.")),
        33: (
            30,
            Answering.REFUSED,
            N_("The lamps are the park office’s. It puts up no new ones."),
        ),
        26: (20, Answering.ANSWERED, N_("The next meeting of the Table begins at six in the evening.")),
        12: (8, Answering.CONSIDERING, N_("Two of us will be at the library on Saturday. Come and ask.")),
    }
    for one, pk in said:
        if not one.key and one.days in replies:
            days, how, words = replies[one.days]
            with at(now() - days * DAY), acting(keeper):
                actions.answer(node("input", pk), how, words, by=keeper)


def tie(keeper: Actor, group: UUID, question: UUID, days: int) -> None:
    """Link a group to the question that answers it, so many days ago."""
    with at(now() - days * DAY), acting(keeper):
        why = N_("The question takes up what they asked for.")
        actions.tie(node("group", group), node("question", question), by=keeper, why=why)
