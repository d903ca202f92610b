"""The trigram index over the words of a case, kept in step by triggers. SQLite only; elsewhere the words are scanned.

The triggers sit on `store_casetext`, a table of two columns that no later migration has a reason to build anew
(Django would lose them in doing so).
"""

from django.db import migrations

UP = (
    "CREATE VIRTUAL TABLE store_casesearch USING fts5"
    "(words, content='store_casetext', content_rowid='case_id', tokenize='trigram', detail='full')",
    "CREATE TRIGGER store_casetext_put AFTER INSERT ON store_casetext BEGIN "
    "INSERT INTO store_casesearch(rowid, words) VALUES (new.case_id, new.words); END",
    "CREATE TRIGGER store_casetext_gone AFTER DELETE ON store_casetext BEGIN "
    "INSERT INTO store_casesearch(store_casesearch, rowid, words) VALUES ('delete', old.case_id, old.words); END",
    "CREATE TRIGGER store_casetext_changed AFTER UPDATE ON store_casetext BEGIN "
    "INSERT INTO store_casesearch(store_casesearch, rowid, words) VALUES ('delete', old.case_id, old.words); "
    "INSERT INTO store_casesearch(rowid, words) VALUES (new.case_id, new.words); END",
)
DOWN = (
    "DROP TRIGGER store_casetext_put",
    "DROP TRIGGER store_casetext_gone",
    "DROP TRIGGER store_casetext_changed",
    "DROP TABLE store_casesearch",
)


def _run(statements):
    def on_sqlite(apps, editor):
        if editor.connection.vendor == "sqlite":
            for statement in statements:
                editor.execute(statement)

    return on_sqlite


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(_run(UP), _run(DOWN))]
