from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0065_words_learnt"),
    ]

    operations = [
        migrations.CreateModel(
            name="RestoreRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("restored_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
