"""PostgreSQL: `store_grams`, the parts of words that a search goes by, and the index over them. Also: cases of before learn of their risk."""

from django.db import migrations

WIDE = 0x2E80
"""From this code point on, two characters are as telling as three Latin ones (`amends.store.search`)."""
GRAMS = f"""
CREATE FUNCTION store_grams(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    letters text[] := string_to_array(upper(words), NULL);
    found text[] := '{{}}';
    one text := letters[1];
    two text := letters[2];
    three text;
    one_wide boolean := ascii(one) >= {WIDE};
    two_wide boolean := ascii(two) >= {WIDE};
    three_wide boolean;
BEGIN
    FOR place IN 1 .. coalesce(cardinality(letters), 0) - 1 LOOP
        three := letters[place + 2];
        three_wide := ascii(three) >= {WIDE};
        IF one_wide OR two_wide THEN
            found := found || (one || two);
        ELSIF three IS NOT NULL AND NOT three_wide THEN
            found := found || (one || two || three);
        END IF;
        one := two;
        one_wide := two_wide;
        two := three;
        two_wide := three_wide;
    END LOOP;
    RETURN found;
END $$
"""
INDEX = (
    "CREATE INDEX store_casetext_grams ON store_casetext USING gin (store_grams(words)) "
    "WITH (gin_pending_list_limit = 512)"
)
BATCH = 500


def up(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(GRAMS)
        editor.execute(INDEX)


def down(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX store_casetext_grams")
        editor.execute("DROP FUNCTION store_grams")


def mark_risky(apps, editor):
    """Open cases that were decided before the column was filled."""
    files = apps.get_model("store", "CaseFile").objects.filter(case__state="open", decision_json__isnull=False)
    rows = apps.get_model("store", "CaseRow").objects
    found = [
        number
        for number, decision in files.values_list("case_id", "decision_json").iterator(chunk_size=BATCH)
        if any(
            one.get("layer") == "risk" and one.get("verdict") == "holds" and one.get("effect") == "flags"
            for one in (decision or {}).get("because") or ()
        )
    ]
    for start in range(0, len(found), BATCH):
        rows.filter(pk__in=found[start : start + BATCH]).update(risky=True)


class Migration(migrations.Migration):
    dependencies = [("store", "0015_work_list")]
    operations = [migrations.RunPython(up, down), migrations.RunPython(mark_risky, migrations.RunPython.noop)]
