from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0061_rehearsals"),
    ]

    operations = [
        migrations.AddField(
            model_name='flagrow',
            name='appeal_due',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
