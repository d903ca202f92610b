"""Merchants and memberships. What belonged to nobody belongs to the merchant `main`, and so does everyone who was there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_ROLES = ("agent", "lead", "finance", "manager")


def seat_everyone(apps, schema_editor):
    Merchant = apps.get_model("store", "Merchant")
    Membership = apps.get_model("store", "Membership")
    apps.get_model("store", "Shop").objects.filter(merchant="").update(merchant="main")
    main, _ = Merchant.objects.get_or_create(name="main")
    for name in apps.get_model("store", "Shop").objects.values_list("merchant", flat=True).distinct():
        Merchant.objects.get_or_create(name=name)
    for user in apps.get_model("auth", "User").objects.all():
        held = set(user.groups.values_list("name", flat=True))
        role = next((one for one in reversed(_ROLES) if one in held), _ROLES[0])
        Membership.objects.get_or_create(user=user, merchant=main, defaults={"role": role})


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("store", "0008_purpose"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merchant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("title", models.CharField(default="", max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=10)),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="store.merchant"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("user", "merchant"), name="one_role_a_merchant"),
        ),
        migrations.AddField(
            model_name="noticerow",
            name="shop",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.shop"),
        ),
        migrations.RemoveIndex(model_name="caserow", name="case_counts"),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                fields=[
                    "state",
                    "handling",
                    "disputed",
                    "to_receive",
                    "evidence_due",
                    "value_points",
                    "next_who",
                    "due_order",
                    "shop",
                ],
                name="case_counts",
            ),
        ),
        migrations.RunPython(seat_everyone, migrations.RunPython.noop, elidable=False),
    ]
