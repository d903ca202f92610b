"""Caps of lines and of shipping hold as well when a step that waited for a second person begins to count."""

from django.db import migrations

RESERVING = "('requested', 'sent', 'unknown', 'succeeded')"
BEGINS = f"NEW.state IN {RESERVING} AND OLD.state NOT IN {RESERVING}"
SUM = (
    "(SELECT COALESCE(SUM(t.amount_minor), 0) FROM store_steppart t JOIN store_paystep s ON s.id = t.step_id "
    f"WHERE {{which}} AND s.state IN {RESERVING})"
)
CAPS = {
    "more than was paid for this line": (
        "EXISTS (SELECT 1 FROM store_steppart mine JOIN store_orderline l ON l.id = mine.line_id "
        f"WHERE mine.step_id = NEW.id AND {SUM.format(which='t.line_id = mine.line_id')} > l.paid_minor)"
    ),
    "more than the shipping that was paid": (
        "EXISTS (SELECT 1 FROM store_steppart mine WHERE mine.step_id = NEW.id AND mine.line_id IS NULL) "
        f"AND {SUM.format(which='t.line_id IS NULL AND s.order_id = NEW.order_id')} > "
        "(SELECT shipping_minor FROM store_order WHERE id = NEW.order_id)"
    ),
}


def sqlite_up():
    checks = " ".join(f"SELECT RAISE(ABORT, '{words}') WHERE {broken};" for words, broken in CAPS.items())
    yield f"CREATE TRIGGER parts_on_approval AFTER UPDATE OF state ON store_paystep WHEN {BEGINS} BEGIN {checks} END"


def postgres_up():
    checks = " ".join(
        f"IF {broken} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"
        for words, broken in CAPS.items()
    )
    yield (
        "CREATE FUNCTION store_parts_on_approval() RETURNS trigger AS $$ BEGIN "
        "PERFORM 1 FROM store_order WHERE id = NEW.order_id FOR UPDATE; "
        f"{checks} RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    yield (
        "CREATE TRIGGER step_parts_on_approval AFTER UPDATE OF state ON store_paystep "
        f"FOR EACH ROW WHEN ({BEGINS}) EXECUTE FUNCTION store_parts_on_approval()"
    )


def up(apps, editor):
    for statement in sqlite_up() if editor.connection.vendor == "sqlite" else postgres_up():
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0006_statements")]
    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
