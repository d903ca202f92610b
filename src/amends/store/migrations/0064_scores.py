
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0064_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name='ScoreReadingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=32)),
                ('measure', models.CharField(max_length=24)),
                ('day', models.DateField()),
                ('tenths', models.BigIntegerField()),
                ('way', models.CharField(max_length=8)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='store.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'programme', 'measure', 'day'), name='one_reading_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ScoreTermsRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=32)),
                ('told', models.JSONField(default=dict)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='score_terms', to='store.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'programme'), name='one_terms_a_score')],
            },
        ),
    ]
