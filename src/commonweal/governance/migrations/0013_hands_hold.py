"""The hand that casts holds the seat: the database asks who it is, and by which right.

Until now it held who is on the roll and who stepped out; any account could cast for any voter by a statement.
"""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/hands_hold.sql")

BACK = """
drop trigger stays on partners_seat;
drop trigger stays on partners_holding;
drop trigger stays on partners_member;
drop trigger is_someone on partners_member;
drop trigger read_by_two on governance_paperentry;
drop trigger said_by_seat on governance_judgement;
drop trigger said_by_seat on governance_proxy;
drop trigger cast_one on governance_turnout;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0012_no_railroading"), ("partners", "0008_seats_closed")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
