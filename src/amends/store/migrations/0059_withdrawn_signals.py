import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0058_bookings"),
    ]

    operations = [
        migrations.CreateModel(
            name="WithdrawnSignalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signal", models.JSONField()),
                ("why", models.CharField(max_length=300)),
                ("by", models.CharField(blank=True, default="", max_length=150)),
                ("at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="withdrawn_signals", to="store.caserow")),
            ],
        ),
    ]
