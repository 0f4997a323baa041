"""Readings counted once for each reader, by kind of source, and their totals."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


# Neither backups of the write-ahead log nor replicas get to hold them.
UNLOGGED = """
ALTER TABLE news_readingkey SET UNLOGGED;
ALTER TABLE news_readingsalt SET UNLOGGED;
"""

TOTALS = """
INSERT INTO news_readingtotal (edition_id, readings)
SELECT edition_id, sum(readings) FROM news_tally GROUP BY edition_id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0005_urgent_notice'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingKey',
            fields=[
                ('key', models.BinaryField(primary_key=True, serialize=False)),
                ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
                ('told', models.PositiveIntegerField(db_default=1)),
            ],
            options={
                'verbose_name': 'kunci baca',
                'verbose_name_plural': 'kunci baca',
            },
        ),
        migrations.CreateModel(
            name='ReadingSalt',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('generation', models.UUIDField(unique=True)),
                ('salt', models.BinaryField()),
            ],
            options={
                'verbose_name': 'garam kunci baca',
                'verbose_name_plural': 'garam kunci baca',
            },
        ),
        migrations.CreateModel(
            name='ReadingTotal',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reading_total', serialize=False, to='news.edition')),
                ('readings', models.PositiveBigIntegerField()),
            ],
            options={
                'verbose_name': 'jumlah baca',
                'verbose_name_plural': 'jumlah baca',
            },
        ),
        migrations.RemoveConstraint(
            model_name='tally',
            name='tally_edition_day_slot',
        ),
        migrations.AddField(
            model_name='tally',
            name='source',
            field=models.CharField(choices=[('whatsapp', 'WhatsApp'), ('cari', 'Mesin pencari'), ('medsos', 'Media sosial'), ('situs', 'Situs lain'), ('langsung', 'Langsung atau tidak diketahui')], db_default='langsung', default='langsung', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('edition', 'day', 'source', 'slot'), name='tally_edition_day_source_slot'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['whatsapp', 'cari', 'medsos', 'situs', 'langsung'])), name='tally_source_known'),
        ),
        migrations.RunSQL(UNLOGGED, migrations.RunSQL.noop),
        migrations.RunSQL(TOTALS, migrations.RunSQL.noop),
    ]
