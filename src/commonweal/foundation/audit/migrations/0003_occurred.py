"""When it happened, beside when it was written; the function that appends follows with each setup."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.AddField(
            model_name="auditentry", name="occurred_at", field=models.DateTimeField(null=True)
        ),
    ]
