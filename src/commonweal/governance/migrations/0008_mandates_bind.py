"""Nothing that the table governs changes without a live mandate: held by the database.

A mandate acts once, in the transaction that gives it or on the day when it begins (``taken_at``), and is
undone once after it ended (``undone_at``). Between those two it is read, and changes nothing. While no bylaws
are in force the table is being founded, and the installation's set-up lays it: both are free, as they were.
"""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/mandates_bind.sql")

BACK = """
drop function guard.would_open(uuid[], uuid[], text[], text[]);
drop trigger needs_mandate on accounts_membership;
drop trigger needs_mandate on partners_holding;
drop trigger needs_mandate on partners_seat;
drop trigger needs_mandate on partners_body;
drop trigger needs_mandate on partners_partner;
drop trigger keep on governance_initiative;
drop trigger needs_mandate on governance_initiative;
drop trigger keep on governance_delegation;
drop trigger needs_mandate on governance_delegation;
drop trigger keep_rows on governance_bylaws;
drop trigger keep on governance_bylaws;
drop trigger added on governance_bylaws;
drop trigger added on governance_term;
drop trigger added on governance_agreement;
drop trigger challenge_is_put on governance_stop;
drop trigger keep on governance_stop;
drop trigger added on governance_stop;
drop trigger added on governance_decision;
create trigger by_backbone before insert on governance_decision
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert or update on governance_mandate
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert on governance_agreement
  for each row execute function governance_by_backbone();
create trigger by_backbone before insert on governance_term
  for each row execute function governance_by_backbone();
drop function governance_role_changes, governance_holding_changes, governance_seat_changes,
  governance_seat_may_end,
  governance_body_changes, governance_partner_changes, governance_beside_mandate, governance_keep_bylaws, governance_bylaws_added,
  governance_term_added, governance_agreement_added, governance_challenge_is_put, governance_stop_added,
  governance_decision_added, governance_is_founding, governance_undoes, governance_acts, governance_is_setup,
  governance_is_backbone, governance_is_count, governance_bylaws_hold;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0007_stops_by_challenge"),
        ("partners", "0004_bodies_and_seats"),
        ("accounts", "0005_address_once_a_kind"),
        ("access", "0002_guard"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
