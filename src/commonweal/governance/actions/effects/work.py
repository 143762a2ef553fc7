"""What the table lets others do: a delegation, the start of an initiative; and nothing but a position."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.text import slugify
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import columns
from commonweal.governance.actions.effects.reading import day_in, number_in, text, uuid_in
from commonweal.governance.models import Delegation, Initiative, Mandate
from commonweal.governance.queries import bylaws
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def _partners() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners()]


def _name_of(params: Params, name: str) -> str:
    found = partners.partner(UUID(str(params[name])))
    return found.name if found else ""


def _at_the_table(said: Params, name: str) -> str:
    found = partners.partner(uuid_in(said, name))
    if found is None or not found.is_here:
        raise BadInput(name, N_("This organization is not at the table."))
    return str(found.id)


def _inert(mandate: MandateShape, params: Params, by: Actor) -> None:
    """It is read through its live mandate alone, so that nothing is left to undo."""


# delegation.give


def _read_delegation(said: Params) -> Params:
    backbone = partners.backbone()
    to = str(said.get("partner") or (backbone.id if backbone else ""))
    limit = said.get("limit_cents")
    if said.get("limit_dollars"):
        limit = number_in(said, "limit_dollars", least=1, most=10_000_000) * 100
    day = day_in(said, "report_on")
    _inside_the_bylaws(int(str(limit)) if limit else None)
    return {
        "partner": _at_the_table({"partner": to}, "partner"),
        "words": text(said, "words", 500),
        "slug": slugify(str(said.get("slug") or said.get("words")))[:60],
        "limit_cents": int(str(limit)) if limit else None,
        "report_on": day.isoformat(),
    }


def _inside_the_bylaws(limit_cents: int | None) -> None:
    """Raises BadInput for more than the bylaws let be delegated."""
    rule = bylaws.rule_for(Matter.DELEGATION)
    most = rule.delegation if rule else None
    if most is None:
        return
    if most.limit_cents is not None and (limit_cents is None or limit_cents > most.limit_cents):
        raise BadInput("limit_dollars", N_("The bylaws set a limit to this; name a sum within it."))


def _reports(mandate: MandateShape, said: date) -> date:
    """The day of the report: as was said, and no later than the bylaws ask."""
    rule = bylaws.rule_for(Matter.DELEGATION)
    if rule is None or rule.delegation is None:
        return said
    return min(said, localdate(mandate.starts_at + timedelta(days=rule.delegation.report_days)))


def _preview_delegation(params: Params, at: datetime) -> Preview:
    live = len(Delegation.objects.filter(mandate__in=_live_ids(at)))
    return Preview(
        N_("It may do this alone, within these bounds, and reports back on the day that is named."),
        (PreviewRow(N_("What others may do alone"), str(live), str(live + 1)),),
        (N_("It changes nothing that the table governs: a delegation is no vote and no mandate to share."),),
        N_("It may not do it any more, from the same moment."),
    )


def _live_ids(at: datetime) -> list[UUID]:
    return list(Mandate.objects.live(at).values_list("pk", flat=True))


def _take_delegation(mandate: MandateShape, params: Params, by: Actor) -> None:
    limit = params.get("limit_cents")
    Delegation.objects.create(
        mandate_id=mandate.id,
        partner_id=UUID(str(params["partner"])),
        words=str(params["words"]),
        limit_cents=int(str(limit)) if limit else None,
        report_on=_reports(mandate, day_in(params, "report_on")),
    )


DELEGATION = Effect(
    kind="delegation.give",
    matter=Matter.DELEGATION,
    name=N_("Let the backbone do something alone, within bounds"),
    asks=(
        Asked("words", N_("What it may do alone, in plain words"), "long"),
        Asked("limit_dollars", N_("Up to how many dollars"), "number", is_required=False),
        Asked("report_on", N_("On which day it reports back"), "date"),
        Asked(
            "partner",
            N_("Who, if not the backbone"),
            "one",
            is_required=False,
            choices=_partners,
        ),
    ),
    read=_read_delegation,
    scope_of=lambda p: f"delegation:{p['slug']}",
    preview=_preview_delegation,
    take=_take_delegation,
    end=_inert,
    governs=("governance_delegation", *columns("governance_delegation", "words", "limit_cents", "report_on")),
    in_words=lambda p: str(p["words"])[:300],
)


# initiative.start


def _read_initiative(said: Params) -> Params:
    title = text(said, "title", 200)
    slug = slugify(str(said.get("slug") or title))[:80]
    if Initiative.objects.filter(slug=slug).exists():
        raise BadInput("title", N_("There is an initiative of this name already."))
    starts = day_in(said, "starts_on") if said.get("starts_on") else today()
    ends = day_in(said, "ends_on") if said.get("ends_on") else None
    if ends is not None and ends <= starts:
        raise BadInput("ends_on", N_("It ends before it starts."))
    return {
        "slug": slug,
        "title": title,
        "owner": _at_the_table(said, "owner"),
        "goal": text(said, "goal", 4000),
        "starts_on": starts.isoformat(),
        "ends_on": ends.isoformat() if ends else "",
    }


def _preview_initiative(params: Params, at: datetime) -> Preview:
    live = len(Initiative.objects.filter(mandate__in=_live_ids(at)))
    return Preview(
        N_("The initiative begins, carried by one organization."),
        (
            PreviewRow(N_("Initiatives under way"), str(live), str(live + 1)),
            PreviewRow(N_("Who carries it"), "–", _name_of(params, "owner")),
        ),
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
        starts_on=day_in(params, "starts_on"),
        ends_on=day_in(params, "ends_on") if ends else None,
    )


INITIATIVE = Effect(
    kind="initiative.start",
    matter=Matter.INITIATIVE,
    name=N_("Begin an initiative"),
    asks=(
        Asked("title", N_("Name of the initiative")),
        Asked("goal", N_("What it is to reach"), "long"),
        Asked("owner", N_("Who carries it"), "one", choices=_partners),
        Asked("starts_on", N_("First day"), "date", is_required=False),
        Asked("ends_on", N_("Last day"), "date", is_required=False),
    ),
    read=_read_initiative,
    scope_of=lambda p: f"initiative:{p['slug']}",
    preview=_preview_initiative,
    take=_take_initiative,
    end=_inert,
    governs=("governance_initiative", *columns("governance_initiative", "owner_id", "goal", "ends_on")),
    in_words=lambda p: str(p["title"]),
)


# none


def _read_none(said: Params) -> Params:
    about = slugify(str(said.get("about") or ""))[:60]
    return {"about": about} if about else {}


NONE = Effect(
    kind="none",
    matter=Matter.POSITION,
    name=N_("Take a position; nothing in the software changes"),
    asks=(),
    read=_read_none,
    scope_of=lambda p: f"position:{p['about']}" if p.get("about") else "position",
    preview=lambda p, at: Preview(
        N_("It stands in the register, with its reasons and those who disagreed. Nothing else changes.")
    ),
    take=_inert,
    end=_inert,
)
