"""Readings summed by day, what is read most, and the old site's counts in an index."""

import django.db.models.deletion
from django.db import migrations, models


DAYS = """
INSERT INTO news_readingday (day, category_id, source, readings)
SELECT day, category_id, source, sum(readings)
FROM news_tally JOIN news_edition ON article_id = edition_id
GROUP BY day, category_id, source;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0006_readings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('source', models.CharField(choices=[('whatsapp', 'WhatsApp'), ('cari', 'Mesin pencari'), ('medsos', 'Media sosial'), ('situs', 'Situs lain'), ('langsung', 'Langsung atau tidak diketahui')], max_length=10)),
                ('readings', models.PositiveBigIntegerField()),
            ],
            options={
                'verbose_name': 'hitungan hari',
                'verbose_name_plural': 'hitungan hari',
            },
        ),
        migrations.CreateModel(
            name='ReadingTop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('readings', models.PositiveBigIntegerField()),
                ('ranked_on', models.DateField()),
            ],
            options={
                'verbose_name': 'terbanyak dibaca',
                'verbose_name_plural': 'terbanyak dibaca',
            },
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('baseline__gt', 0)), fields=['baseline'], name='edition_baseline'),
        ),
        migrations.AddField(
            model_name='readingday',
            name='category',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.category'),
        ),
        migrations.AddField(
            model_name='readingtop',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tops', to='news.edition'),
        ),
        migrations.AddConstraint(
            model_name='readingday',
            constraint=models.UniqueConstraint(fields=('day', 'category', 'source'), name='reading_day_once'),
        ),
        migrations.AddConstraint(
            model_name='readingtop',
            constraint=models.UniqueConstraint(fields=('period', 'edition'), name='reading_top_once'),
        ),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
    ]
