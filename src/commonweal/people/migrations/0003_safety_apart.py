"""No consent keeps a safety topic among everyday things."""

from django.db import migrations, models

NAME = "people_consent_safety_apart"
TOPICS = ["elder-abuse", "intimate-partner-violence"]
SEGMENT = ["domestic-violence"]

# Not checked for what an installation wrote before: what a person was shown and said is never changed, and the
# pages hide it by its topic.
ADD = f"""
alter table people_consent add constraint {NAME} check (
  not topics && array['{TOPICS[0]}', '{TOPICS[1]}']::varchar(64)[]
  or segments = array['{SEGMENT[0]}']::varchar(32)[]) not valid;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_protect")]

    operations = [
        migrations.RunSQL(
            ADD,
            f"alter table people_consent drop constraint {NAME};",
            state_operations=[
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("topics__overlap", TOPICS), _negated=True)
                        | models.Q(("segments", SEGMENT)),
                        name=NAME,
                    ),
                )
            ],
        ),
    ]
