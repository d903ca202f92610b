"""The log of cases is append-only: the database refuses every change and every deletion."""

from django.db import migrations

TABLE = "store_caselogrow"


def up(apps, editor):
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
    dependencies = [("store", "0011_work_on_cases")]
    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
