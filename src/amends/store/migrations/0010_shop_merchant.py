"""A shop names its merchant; apart from the move of the rows, for PostgreSQL changes no table whose rows it has just changed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("store", "0009_people")]

    operations = [
        migrations.AlterField(
            model_name="shop",
            name="merchant",
            field=models.CharField(db_index=True, default="main", max_length=120),
        ),
    ]
