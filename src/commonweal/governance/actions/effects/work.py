"""The start of an initiative; and nothing but a position."""

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import columns
from commonweal.governance.actions.effects.reading import cents_in, day_in, text, uuid_in
from commonweal.governance.models import Initiative, Mandate
from commonweal.governance.rules.delegation import dollars
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def partner_choices() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners()]


def _name_of(params: Params, name: str) -> str:
    found = partners.partner(UUID(str(params[name])))
    return found.name if found else ""


def at_the_table(said: Params, name: str) -> str:
    """The id of a partner that is here, as text."""
    found = partners.partner(uuid_in(said, name))
    if found is None or not found.is_here:
        raise BadInput(name, N_("This organization is not at the table."))
    return str(found.id)


def inert(mandate: MandateShape, params: Params, by: Actor) -> None:
    """It is read through its live mandate alone, so that nothing is left to undo."""


def live_ids(at: datetime) -> list[UUID]:
    """The mandates that are in force at a moment."""
    return list(Mandate.objects.live(at).values_list("pk", flat=True))


# initiative.start


def _read_initiative(said: Params) -> Params:
    title = text(said, "title", 200)
    slug = slugify(str(said.get("slug") or title))[:80]
    if Initiative.objects.filter(slug=slug).exists():
        raise BadInput("title", N_("There is an initiative of this name already."))
    starts = day_in(said, "starts_on") if said.get("starts_on") else None
    ends = day_in(said, "ends_on") if said.get("ends_on") else None
    if ends is not None and ends <= (starts or today()):
        raise BadInput("ends_on", N_("It ends before it starts."))
    return {
        "slug": slug,
        "title": title,
        "owner": at_the_table(said, "owner"),
        "goal": text(said, "goal", 4000),
        "budget_cents": cents_in(said, "budget"),
        "starts_on": starts.isoformat() if starts else "",
        "ends_on": ends.isoformat() if ends else "",
    }


def _preview_initiative(params: Params, at: datetime) -> Preview:
    live = len(Initiative.objects.filter(mandate__in=live_ids(at)))
    rows = [
        PreviewRow(N_("Initiatives under way"), str(live), str(live + 1)),
        PreviewRow(N_("Who carries it"), "–", _name_of(params, "owner")),
    ]
    if params.get("budget_cents"):
        rows.append(PreviewRow(N_("What it may cost"), "–", dollars(int(str(params["budget_cents"])))))
    return Preview(
        N_("The initiative begins, carried by one organization."),
        tuple(rows),
        (N_("It shares nothing about anyone by itself."),),
        N_("It stands as ended from the same moment."),
    )


def _take_initiative(mandate: MandateShape, params: Params, by: Actor) -> None:
    ends = params.get("ends_on")
    Initiative.objects.create(
        mandate_id=mandate.id,
        slug=str(params["slug"]),
        title=str(params["title"]),
        owner_id=UUID(str(params["owner"])),
        goal=str(params["goal"]),
        starts_on=_first_day(mandate, params),
        ends_on=day_in(params, "ends_on") if ends else None,
        budget_cents=int(str(params["budget_cents"])) if params.get("budget_cents") else None,
    )


def _first_day(mandate: MandateShape, params: Params) -> date:
    """The day it was said to begin, and not before it was decided."""
    decided = localtime(mandate.starts_at).date()
    said = day_in(params, "starts_on") if params.get("starts_on") else decided
    return max(said, decided)


INITIATIVE = Effect(
    kind="initiative.start",
    matter=Matter.INITIATIVE,
    name=N_("Begin an initiative"),
    asks=(
        Asked("title", N_("Name of the initiative")),
        Asked("goal", N_("What it is to reach"), "long"),
        Asked("owner", N_("Who carries it"), "one", choices=partner_choices),
        Asked("starts_on", N_("First day"), "date", is_required=False),
        Asked("ends_on", N_("Last day"), "date", is_required=False),
        Asked("budget_dollars", N_("Up to how many dollars it may cost"), "number", is_required=False),
    ),
    read=_read_initiative,
    scope_of=lambda p: f"initiative:{p['slug']}",
    preview=_preview_initiative,
    take=_take_initiative,
    end=inert,
    governs=(
        "governance_initiative",
        *columns("governance_initiative", "owner_id", "goal", "ends_on", "budget_cents"),
    ),
    in_words=lambda p: str(p["title"]),
    screen=lambda m: reverse("governance:initiative", args=[m.params["slug"]]),
    may_be_delegated=True,
    cost="budget",
)


# none


def _read_none(said: Params) -> Params:
    found = {name: slugify(str(said.get(name) or ""))[:60] for name in ("within", "about")}
    return {name: word for name, word in found.items() if word}


def _scope_of_none(params: Params) -> str:
    """What a body says within itself stands beside what is said for all, in the place of neither."""
    about = [f"in-{params['within']}"] if params.get("within") else []
    about += [str(params["about"])] if params.get("about") else []
    return f"position:{'-about-'.join(about)}" if about else "position"


NONE = Effect(
    kind="none",
    matter=Matter.POSITION,
    name=N_("Decide it in words; nothing in the software changes"),
    asks=(),
    read=_read_none,
    scope_of=_scope_of_none,
    preview=lambda p, at: Preview(
        N_("It stands in the register, with its reasons and those who disagreed. Nothing else changes.")
    ),
    take=inert,
    end=inert,
)
