"""The index of Cek Keaslian: the shingles of every public version.

The worker writes those of the texts that are public already; their making is Python's.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

UNLOGGED = "ALTER TABLE news_requestcount SET UNLOGGED"

# A shingle by itself, and no more than 200 texts that have it: a signature that stands
# in all of them says nothing, and reading them all would take seconds. The planner would
# read the whole table to find the first 200; the index is the only way here.
LIKELY = """
CREATE FUNCTION news_likely(asked bigint[], most integer)
    RETURNS TABLE (fingerprint bigint, weight numeric)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
    SELECT having_it.id, sum(1.0 / having_it.frequency)
    FROM (
        SELECT found.id, found.edition_id, count(*) OVER (PARTITION BY number) AS frequency
        FROM unnest(asked) AS number CROSS JOIN LATERAL (
            SELECT id, edition_id FROM news_fingerprint
            WHERE shingles @> ARRAY[number] LIMIT 200
        ) AS found
    ) AS having_it
    JOIN news_edition AS edition ON edition.article_id = having_it.edition_id
    WHERE edition.publish_at <= statement_timestamp()
    GROUP BY having_it.id
    ORDER BY 2 DESC, 1 DESC
    LIMIT most
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0008_record_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('key', models.BinaryField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('requests', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'hitungan permintaan',
                'verbose_name_plural': 'hitungan permintaan',
                'indexes': [models.Index(fields=['since'], name='request_count_since')],
            },
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='versi')),
                ('scheme', models.PositiveSmallIntegerField(verbose_name='skema')),
                ('shingles', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), verbose_name='sirap')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fingerprints', to='news.edition')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.revision')),
            ],
            options={
                'verbose_name': 'sidik kata',
                'verbose_name_plural': 'sidik kata',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['shingles'], name='fingerprint_shingles')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'version'), name='fingerprint_of_version')],
            },
        ),
        migrations.RunSQL(UNLOGGED, migrations.RunSQL.noop),
        migrations.RunSQL(
            LIKELY, "DROP FUNCTION news_likely(bigint[], integer)"
        ),
    ]
