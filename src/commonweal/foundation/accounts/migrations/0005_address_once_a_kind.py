from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_rows_about_persons")]

    operations = [
        migrations.AlterField("account", "email", models.EmailField(blank=True, max_length=254, null=True)),
        migrations.AddConstraint(
            "account",
            models.UniqueConstraint(fields=["email", "kind"], name="account_email_once_a_kind"),
        ),
    ]
