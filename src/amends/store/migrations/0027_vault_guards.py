"""Custody and digests are append-only, contents are never forgotten; and what was kept before there was a vault gets its custody."""

from django.db import migrations

from amends.facts.log import START, Actor
from amends.facts.vault import Custody, custody_seal

APPEND_ONLY = ("store_custodyrow", "store_logdigestrow", "store_digestleafrow")


def guard(apps, editor):
    if editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for event in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} BEGIN "
                    "SELECT RAISE(ABORT, 'append only'); END"
                )
        editor.execute(
            "CREATE TRIGGER store_vaultfilerow_stays BEFORE DELETE ON store_vaultfilerow BEGIN "
            "SELECT RAISE(ABORT, 'append only'); END"
        )
        return
    for table in APPEND_ONLY:
        editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION store_append_only()"
        )
    editor.execute(
        "CREATE TRIGGER store_vaultfilerow_stays BEFORE DELETE ON store_vaultfilerow "
        "FOR EACH ROW EXECUTE FUNCTION store_append_only()"
    )


def take_in(apps, editor):
    """Files of before: the first case that has one took it in, the others have it too."""
    Evidence, File, Row = (apps.get_model("store", name) for name in ("EvidenceRow", "VaultFileRow", "CustodyRow"))
    for one in Evidence.objects.order_by("at", "pk").iterator(500):
        file, new = File.objects.get_or_create(
            sha256=one.sha256,
            defaults={"kind": one.kind, "mime": one.mime, "size": one.size, "at": one.at, "source": "before"},
        )
        told = {"name": one.name, "kind": one.kind, "mime": one.mime, "size": one.size}
        what = "taken_in" if new else "linked"
        done = Custody(what, Actor(one.by_kind, one.by), one.at, "before", one.case_id, told)
        before = START if new else file.head
        file.count += 1
        file.head = custody_seal(one.sha256, file.count, before, done)
        Row.objects.create(
            file=file, seq=file.count, at=one.at, who_kind=one.by_kind, who=one.by, what=what, source="before",
            case=one.case_id, data=told, before=before, sealed=file.head,
        )
        file.save(update_fields=["count", "head"])


class Migration(migrations.Migration):
    dependencies = [("store", "0026_evidence_vault")]
    operations = [
        migrations.RunPython(take_in, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
