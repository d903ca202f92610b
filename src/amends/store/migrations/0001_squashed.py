"""All tables at once, for a database that begins empty; one that has run some of these goes on with the rest of them.

How to renew it: docs/operations.md, "When the row of migrations grows long".
"""

from django.conf import settings
from django.db import migrations

from amends.store.at_once import MakeAtOnce

NAMES = (
    "0001_initial",
    "0002_search",
    "0003_money",
    "0004_money_guards",
    "0005_inbox",
    "0006_statements",
    "0007_caps_on_approval",
    "0008_purpose",
    "0009_people",
    "0010_shop_merchant",
    "0011_work_on_cases",
    "0012_log_guards",
    "0013_settings",
    "0014_sign_in",
    "0015_work_list",
    "0016_grams",
    "0017_portal",
    "0018_api",
    "0019_settle_within",
    "0020_unanswered_views",
    "0021_shops_connected",
    "0022_mail_that_comes_in",
    "0023_told_refunds",
    "0024_deeds_told",
    "0025_tracking",
    "0026_evidence_vault",
    "0027_vault_guards",
    "0028_pictures_looked_at",
    "0029_disputes",
    "0030_freight",
    "0031_remedies",
    "0032_dossiers",
    "0033_talk",
    "0034_shop_costs",
    "0035_station",
    "0044_guards",
    "0045_house_log",
    "0050_prevention",
    "0051_follow_up",
    "0054_practice",
    "0056_flags",
    "0057_collections",
    "0058_bookings",
    "0059_withdrawn_signals",
    "0061_rehearsals",
    "0062_look_again",
    "0063_gifts",
    "0063_reviews",
    "0063_win_back",
    "0064_reports",
    "0064_scores",
    "0065_sms",
    "0065_talk_there",
    "0065_words_learnt",
)


class Migration(migrations.Migration):
    replaces = [("store", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [MakeAtOnce(__package__, NAMES)]
