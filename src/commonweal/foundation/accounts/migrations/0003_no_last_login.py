from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invitation_offers_a_seat")]
    operations = [migrations.RemoveField(model_name="account", name="last_login")]
