"""Freshness keeps itself: organizations are asked in time, at a pace, by one link for all their entries."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from directory_rows import NOW, MakeService
from django.test import Client

from commonweal.directory import models as m
from commonweal.directory import rules
from commonweal.directory.actions import asking_checks, verification
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.models_search import VerificationRequest
from commonweal.directory.queries.due import silent_ones
from commonweal.directory.queries.pace import pace
from commonweal.directory.rules.checking import FACTS
from commonweal.directory.tasks import ask_due
from commonweal.foundation import bus
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.foundation.messages.events import Concerns, MessageFailed
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.kernel.ids import new_id
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db


def house(make: MakeService, name: str, *days: int | None, **more: Any) -> list[UUID]:
    """An organization with one entry for each number of days that it went unchecked."""
    return [
        make(f"{name} {n}", organization=name, email=f"desk@{name.lower()}.example", days_unchecked=d, **more)
        for n, d in enumerate(days)
    ]


def sent() -> list[Outbound]:
    with acting(KEEPER):
        return list(Outbound.objects.order_by("queued_at", "to"))


def token() -> str:
    found = re.search(r"/directory/v/([\w-]{43})/", sent()[-1].text)
    assert found
    return found.group(1)


def test_the_daily_job_asks_at_120_days_with_one_link_for_all(make: MakeService) -> None:
    due = house(make, "Pantry", 121, None, 5)
    house(make, "Clinic", 119)
    make("No address", organization="Nobody", days_unchecked=None)
    ask_due()
    (mail,) = sent()
    assert mail.to == "desk@pantry.example"
    assert "2 entries of Pantry" in mail.text
    assert set(VerificationRequest.objects.values_list("service_id", flat=True)) == set(due[:2])
    ask_due()
    with at(NOW + timedelta(days=29)):
        ask_due()
    assert [m.to for m in sent()].count("desk@pantry.example") == 1  # once in thirty days
    with at(NOW + timedelta(days=31)):
        ask_due()
    assert [m.to for m in sent()].count("desk@pantry.example") == 2


def test_the_job_keeps_its_pace_and_takes_the_oldest_first(
    make: MakeService, settings: Any, tmp_path: Any
) -> None:
    text = (Path(rules.__path__[0]) / "data" / "asking.toml").read_text("utf-8")
    (tmp_path / "asking.toml").write_text(text.replace("each_day = 20", "each_day = 2"))
    settings.DIRECTORY_ASKING = str(tmp_path / "asking.toml")
    assert pace().checks_each_day == 2
    for name, days in (("Young", 130), ("Old", 400), ("Never", None), ("Older", 500)):
        house(make, name, days)
    ask_due()
    ask_due()
    assert {mail.to for mail in sent()} == {"desk@never.example", "desk@older.example"}
    with at(NOW + timedelta(days=1)):
        ask_due()
    assert {mail.to for mail in sent()[2:]} == {"desk@old.example", "desk@young.example"}


def test_an_installation_names_its_pace_in_the_environment(tmp_path: Any) -> None:
    """As other settings; nobody writes Python for it."""
    command = [sys.executable, "-c", "from commonweal.site import settings; print(settings.DIRECTORY_ASKING)"]
    named = {**os.environ, "COMMONWEAL_ASKING": str(tmp_path / "asking.toml")}
    said = subprocess.run(command, env=named, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == named["COMMONWEAL_ASKING"]
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert "`COMMONWEAL_ASKING`" in readme


def test_an_organization_is_written_to_in_its_language(make: MakeService) -> None:
    house(make, "Comedor", 200, languages=("spa",))
    house(make, "Both", 201, languages=("spa", "eng"))
    with acting(KEEPER):
        asking_checks.ask_due(by=KEEPER, most=10)
    mails = {mail.to: mail for mail in sent()}
    assert "¿sigue siendo correcta" in mails["desk@comedor.example"].subject
    assert "still right" in mails["desk@both.example"].subject
    with acting(KEEPER):
        comedor = m.Service.objects.get(name="Comedor 0").pk
        verification.ask_verification(comedor, by=KEEPER)
    assert "¿" in sent()[-1].text  # by hand as well


def test_one_link_leads_through_all_entries(make: MakeService, visitor: Client) -> None:
    first, second = house(make, "Pantry", 300, 200)
    other = house(make, "Clinic", 10)[0]
    ask_due()
    link = f"/directory/v/{token()}/"
    page = visitor.get(link).content.decode()
    assert "2 entries should be checked" in page
    assert page.count("btn first") == 1
    assert visitor.get(f"{link}{other}/").status_code == 404  # nobody else's
    answers = {f"fact-{code}": "yes" for code in FACTS}
    for service in (first, second):
        assert "Is this still right?" in visitor.get(f"{link}{service}/").content.decode()
        done = visitor.post(f"{link}{service}/", answers).content.decode()
        assert "checked by you today" in done
        assert f'href="{link}"' in done
    assert "All is checked" in visitor.get(link).content.decode()
    with acting(KEEPER):
        assert set(m.Service.objects.filter(verified_at=NOW).values_list("pk", flat=True)) == {first, second}
        assert silent_ones(NOW, None) == []
    assert not VerificationRequest.objects.filter(answered_at__isnull=True).exists()


def test_who_was_asked_and_is_silent_is_seen_and_who_was_not_reached(make: MakeService) -> None:
    house(make, "Pantry", 300, 200)
    clinic = house(make, "Clinic", 150)[0]
    ask_due()
    with acting(KEEPER):
        organization = m.Service.objects.get(pk=clinic).organization_id
    bus.publish(
        MessageFailed(new_id(), None, "email", "refused: 550", Concerns("directory.check-all", organization))
    )
    with acting(KEEPER):
        found = {row.organization: row for row in silent_ones(NOW, None)}
        later = silent_ones(NOW + timedelta(days=31), None)
    assert (found["Pantry"].services, found["Pantry"].is_lost) == (2, False)
    assert found["Clinic"].is_lost
    assert all(row.is_over for row in later)


def steward_at_work() -> Client:
    """Signed in at the backbone."""
    from people.browsing import _signed_in

    partner = Partner.objects.create(
        name="Alder Commons",
        slug="alder-commons",
        sector="social-services",
        kind="backbone",
        joined_on=NOW.date(),
    )
    account = Account.objects.create(kind="staff", name="Priya Nair", email="priya@alder.example")
    Membership.objects.create(account=account, partner_id=partner.pk, role="org_admin")
    return _signed_in(account, Factor.PASSKEY)


def test_a_steward_sends_to_all_that_are_due(make: MakeService) -> None:
    house(make, "Pantry", 300)
    house(make, "Clinic", 200)
    browser = steward_at_work()
    page = browser.get("/directory/review/").content.decode()
    assert "Send to all that are due" in page
    assert "2 organizations get one link each" in page
    after = browser.post("/directory/review/ask-all/", follow=True).content.decode()
    assert "2 organizations are asked." in after
    assert "Send to all that are due" not in after
    assert "Asked, no answer yet" in after
    assert "desk@pantry.example" in after
    assert VerificationRequest.objects.count() == 2


def test_others_do_not_ask_everyone(make: MakeService) -> None:
    house(make, "Pantry", 300)
    worker = Actor(Role.CASE_WORKER, Purpose.OPS, new_id(), new_id(), name="Marcus Odom")
    with acting(worker), pytest.raises(Refused):
        asking_checks.ask_due(by=worker, most=10)
    assert not VerificationRequest.objects.exists()
