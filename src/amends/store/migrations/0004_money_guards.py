"""The database guards what the code guards: caps on what goes back, steps and entries that nobody edits or deletes."""

from django.db import migrations

RESERVING = "('requested', 'sent', 'unknown', 'succeeded')"

PAYMENT_SUM = (
    "(SELECT COALESCE(SUM(s.amount_minor), 0) FROM store_paystep s WHERE s.payment_id = {payment} AND s.kind <> 'damages' "
    f"AND s.state IN {RESERVING})"
    " + (SELECT COALESCE(SUM(l.amount_minor), 0) FROM store_booklinerow l JOIN store_bookentryrow e ON e.id = l.entry_id "
    "WHERE l.payment_id = {payment} AND (l.account = 'chargeback' OR (l.account = 'refunded' AND e.kind = 'outside_refund')))"
)
ORDER_SUM = (
    "(SELECT COALESCE(SUM(s.amount_minor), 0) FROM store_paystep s WHERE s.order_id = {order} AND s.kind <> 'damages' "
    f"AND s.state IN {RESERVING})"
    " + (SELECT COALESCE(SUM(l.amount_minor), 0) FROM store_booklinerow l JOIN store_bookentryrow e ON e.id = l.entry_id "
    "JOIN store_orderpayment p ON p.id = l.payment_id "
    "WHERE p.order_id = {order} AND (l.account = 'chargeback' OR (l.account = 'refunded' AND e.kind = 'outside_refund')))"
)
CAPTURED = "(SELECT captured_minor FROM store_orderpayment WHERE id = {payment})"
CAPTURED_ALL = "(SELECT COALESCE(SUM(captured_minor), 0) FROM store_orderpayment WHERE order_id = {order})"
LINE_SUM = (
    "(SELECT COALESCE(SUM(t.amount_minor), 0) FROM store_steppart t JOIN store_paystep s ON s.id = t.step_id "
    f"WHERE t.line_id = NEW.line_id AND s.state IN {RESERVING})"
)
LINE_PAID = "(SELECT paid_minor FROM store_orderline WHERE id = NEW.line_id)"
SHIPPING_SUM = (
    "(SELECT COALESCE(SUM(t.amount_minor), 0) FROM store_steppart t JOIN store_paystep s ON s.id = t.step_id "
    "WHERE t.line_id IS NULL AND s.order_id = (SELECT order_id FROM store_paystep WHERE id = NEW.step_id) "
    f"AND s.state IN {RESERVING})"
)
SHIPPING_PAID = (
    "(SELECT o.shipping_minor FROM store_order o JOIN store_paystep s ON s.order_id = o.id WHERE s.id = NEW.step_id)"
)
FIXED = "key digest kind gateway amount_minor currency payment_id order_id plan_id".split()
APPEND_ONLY = ("store_bookentryrow", "store_booklinerow", "store_stepattempt", "store_steppart")

PAYMENT_NEW, ORDER_NEW = {"payment": "NEW.payment_id"}, {"order": "NEW.order_id"}
CAPS = {
    "above_payment": (PAYMENT_SUM.format(**PAYMENT_NEW), CAPTURED.format(**PAYMENT_NEW), "more than this payment has left"),
    "above_order": (ORDER_SUM.format(**ORDER_NEW), CAPTURED_ALL.format(**ORDER_NEW), "more than was paid for this order"),
}
PART_CAPS = {
    "above_line": (LINE_SUM, LINE_PAID, "more than was paid for this line"),
    "above_shipping": (SHIPPING_SUM, SHIPPING_PAID, "more than the shipping that was paid"),
}


def sqlite_up():
    for name, (total, most, words) in CAPS.items():
        for event, when in (("INSERT", ""), ("UPDATE OF state", f"WHEN NEW.state IN {RESERVING} ")):
            yield (
                f"CREATE TRIGGER {name}_{event[:6].lower()} AFTER {event} ON store_paystep {when}BEGIN "
                f"SELECT RAISE(ABORT, '{words}') WHERE {total} > {most}; END"
            )
    for name, (total, most, words) in PART_CAPS.items():
        null = "IS NULL" if name == "above_shipping" else "IS NOT NULL"
        yield (
            f"CREATE TRIGGER {name} AFTER INSERT ON store_steppart WHEN NEW.line_id {null} BEGIN "
            f"SELECT RAISE(ABORT, '{words}') WHERE {total} > {most}; END"
        )
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)
    yield (
        f"CREATE TRIGGER step_is_fixed BEFORE UPDATE ON store_paystep WHEN {changed} BEGIN "
        "SELECT RAISE(ABORT, 'a step never changes'); END"
    )
    yield "CREATE TRIGGER step_stays BEFORE DELETE ON store_paystep BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END"
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} BEGIN "
                "SELECT RAISE(ABORT, 'append only'); END"
            )


def postgres_up():
    checks = " ".join(
        f"IF {total} > {most} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"
        for total, most, words in CAPS.values()
    )
    yield (
        "CREATE FUNCTION store_step_caps() RETURNS trigger AS $$ BEGIN "
        "PERFORM 1 FROM store_order WHERE id = NEW.order_id FOR UPDATE; "
        f"IF NEW.state IN {RESERVING} THEN {checks} END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    yield (
        "CREATE TRIGGER step_caps AFTER INSERT OR UPDATE OF state ON store_paystep "
        "FOR EACH ROW EXECUTE FUNCTION store_step_caps()"
    )
    line, shipping = PART_CAPS["above_line"], PART_CAPS["above_shipping"]
    yield (
        "CREATE FUNCTION store_part_caps() RETURNS trigger AS $$ BEGIN "
        f"IF NEW.line_id IS NOT NULL AND {line[0]} > {line[1]} THEN RAISE EXCEPTION '{line[2]}' "
        "USING ERRCODE = 'check_violation'; END IF; "
        f"IF NEW.line_id IS NULL AND {shipping[0]} > {shipping[1]} THEN RAISE EXCEPTION '{shipping[2]}' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    yield "CREATE TRIGGER part_caps AFTER INSERT ON store_steppart FOR EACH ROW EXECUTE FUNCTION store_part_caps()"
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
    yield (
        "CREATE FUNCTION store_step_fixed() RETURNS trigger AS $$ BEGIN "
        f"IF {changed} THEN RAISE EXCEPTION 'a step never changes'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    yield "CREATE TRIGGER step_is_fixed BEFORE UPDATE ON store_paystep FOR EACH ROW EXECUTE FUNCTION store_step_fixed()"
    yield (
        "CREATE FUNCTION store_append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$ "
        "LANGUAGE plpgsql"
    )
    yield "CREATE TRIGGER step_stays BEFORE DELETE ON store_paystep FOR EACH ROW EXECUTE FUNCTION store_append_only()"
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION store_append_only()"
        )


def up(apps, editor):
    statements = sqlite_up() if editor.connection.vendor == "sqlite" else postgres_up()
    for statement in statements:
        editor.execute(statement.replace("%", "%%"))


class Migration(migrations.Migration):
    dependencies = [("store", "0003_money")]
    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
