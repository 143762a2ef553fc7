"""Indexes that no question uses: the search asks its entries by place and need, not these tables."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_organizations")]

    operations = [
        migrations.RemoveIndex(model_name="location", name="dir_location_place_i"),
        migrations.RemoveIndex(model_name="attribute", name="dir_attribute_taxonomy_term_i"),
        migrations.RemoveIndex(model_name="serviceneeddomain", name="dir_need_domain_i"),
    ]
