
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0063_win_back"),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('merchant', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=60)),
                ('told', models.JSONField(default=dict)),
                ('since', models.DateTimeField(null=True)),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField()),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='store.shop')),
            ],
        ),
        migrations.CreateModel(
            name='ReportReceiverRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=320)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receivers', to='store.reportrow')),
            ],
        ),
        migrations.CreateModel(
            name='ReportRunRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('state', models.CharField(max_length=8)),
                ('code', models.CharField(blank=True, default='', max_length=16)),
                ('told', models.CharField(blank=True, default='', max_length=300)),
                ('at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('pdf', models.BinaryField(null=True)),
                ('xlsx', models.BinaryField(null=True)),
                ('pdf_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('xlsx_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='store.reportrow')),
            ],
        ),
        migrations.CreateModel(
            name='ReportPostRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=280, unique=True)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('leave', models.CharField(max_length=400)),
                ('state', models.CharField(default='ready', max_length=8)),
                ('code', models.CharField(blank=True, default='', max_length=16)),
                ('told', models.CharField(blank=True, default='', max_length=300)),
                ('tries', models.IntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('lease', models.CharField(blank=True, default='', max_length=32)),
                ('lease_until', models.DateTimeField(null=True)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='store.reportreceiverrow')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='store.reportrunrow')),
            ],
        ),
        migrations.AddConstraint(
            model_name='reportreceiverrow',
            constraint=models.UniqueConstraint(fields=('report', 'address'), name='one_address_a_report'),
        ),
        migrations.AddConstraint(
            model_name='reportrunrow',
            constraint=models.UniqueConstraint(fields=('report', 'due'), name='one_run_a_report_and_day'),
        ),
        migrations.AddIndex(
            model_name='reportpostrow',
            index=models.Index(fields=['state', 'next_at'], name='report_post_by_state'),
        ),
        migrations.AddConstraint(
            model_name='reportpostrow',
            constraint=models.UniqueConstraint(fields=('run', 'receiver'), name='one_mail_a_run_and_receiver'),
        ),
    ]
