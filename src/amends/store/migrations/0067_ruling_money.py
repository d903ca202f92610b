
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0066_restores"),
    ]

    operations = [
        migrations.CreateModel(
            name='RulingMoneyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ruling', models.CharField(max_length=8)),
                ('kind', models.CharField(max_length=8)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('reference', models.CharField(max_length=80)),
                ('moved_at', models.DateTimeField()),
                ('state', models.CharField(max_length=8)),
                ('note', models.CharField(default='', max_length=300)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('needs_role', models.CharField(default='', max_length=12)),
                ('settled_by', models.CharField(default='', max_length=150)),
                ('settled_at', models.DateTimeField(null=True)),
                ('key', models.CharField(default='', max_length=120)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money', to='store.disputerow')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.shop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'booked'])), fields=('dispute', 'ruling', 'kind'), name='ruling_moves_a_kind_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'booked'])), fields=('shop', 'reference'), name='settlement_number_used_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='ruling_money_of_something')],
            },
        ),
    ]
