"""The log of what people did is sealed as the logs of cases are: a chain beside its rows, which are append-only themselves."""

from django.db import migrations, models

from amends.facts.audit import HOUSE_LOG, Deed, deed_entry
from amends.facts.log import START, seal

TABLE = "store_auditsealrow"


def take_in(apps, editor):
    """What was written before there was a chain gets its places, in the order in which it was written."""
    Row, Seal, Head = (apps.get_model("store", name) for name in ("AuditRow", "AuditSealRow", "AuditHeadRow"))
    count, head = 0, START
    for row in Row.objects.order_by("pk").iterator(500):
        deed = Deed(row.who, row.what, row.merchant, row.subject, row.case, tuple(row.fields), row.note, row.place)
        count += 1
        sealed = seal(HOUSE_LOG, count, head, deed_entry(deed, row.at))
        Seal.objects.create(seq=count, row=row.pk, before=head, sealed=sealed)
        head = sealed
    Head.objects.create(count=count, head=head)


def guard(apps, editor):
    if editor.connection.vendor == "sqlite":
        for event in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} BEGIN "
                "SELECT RAISE(ABORT, 'append only'); END"
            )
        return
    editor.execute(
        f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION store_append_only()"
    )


class Migration(migrations.Migration):
    dependencies = [("store", "0044_guards")]

    operations = [
        migrations.CreateModel(
            name="AuditHeadRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.BigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSealRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("row", models.BigIntegerField(unique=True)),
                ("before", models.CharField(max_length=64)),
                ("sealed", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(take_in, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
