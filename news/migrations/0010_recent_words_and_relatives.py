"""Search the newest years first, and keep which editions are related.

A word that stands in many texts is found in those of the newest two years alone: each
vector has its year as a lexeme, "@2026", which no reader can type, and the index joins
the two. Only where that is not enough is the whole archive asked.
"""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

search = import_module("news.migrations.0004_search")

FINDING = r"""
-- The year that a text is found by, and the two that are asked first.
CREATE FUNCTION news_era(moment timestamptz) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ('''@' || extract(year FROM moment AT TIME ZONE 'UTC') || '''')::tsvector
$$;

CREATE FUNCTION news_eras(newest timestamptz) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT format('''@%s'' | ''@%s''', year, year - 1)::tsquery
    FROM (SELECT extract(year FROM newest AT TIME ZONE 'UTC') AS year) AS known
$$;

-- As before, but a word that is its own stem is not asked for twice: it stands beside
-- its "=" in every query, and each lexeme costs for every text that has it.
CREATE OR REPLACE FUNCTION news_query(source text, roots jsonb) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(
        CASE
            WHEN place % 2 = 1 THEN piece
            WHEN piece NOT LIKE '=%' THEN plain
            ELSE coalesce(
                (
                    SELECT string_agg(
                        '=' || stem || CASE
                            WHEN stem = substr(plain, 2) THEN ''
                            ELSE ''' | ''' || stem
                        END, ''' | '''
                    )
                    FROM unnest(news_stems(substr(plain, 2), roots)) AS stem
                ),
                substr(plain, 2)
            )
        END, '''' ORDER BY place
    )::tsquery
    FROM (
        SELECT place, piece,
            translate(public.unaccent('public.unaccent', piece), '''\', '') AS plain
        FROM regexp_split_to_table(source, '''') WITH ORDINALITY AS cut (piece, place)
    ) AS pieces
$$;

-- The newest editions that hold the words, at most `most` of them, by the index alone.
CREATE FUNCTION news_newest(
    asked tsquery, of_category bigint,
    since timestamptz, until timestamptz, most integer
) RETURNS bigint[]
    LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT words.edition_id
        FROM public.news_editionsearch AS words
        WHERE words.vector @@ asked
            AND words.publish_at <= statement_timestamp()
            AND (of_category IS NULL OR words.category_id = of_category)
            AND (since IS NULL OR words.publish_at >= since)
            AND (until IS NULL OR words.publish_at < until)
        ORDER BY words.publish_at DESC, words.edition_id DESC
        LIMIT most
    )
$$;

-- Those of some editions that hold a phrase, in the order in which they are given. Each
-- vector is fetched from outside its row, so no more of them than it takes.
CREATE FUNCTION news_holding(editions bigint[], phrases tsquery, most integer)
    RETURNS bigint[]
    LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT one FROM unnest(editions) AS one, LATERAL (
            SELECT vector FROM public.news_editionsearch WHERE edition_id = one OFFSET 0
        ) AS words
        WHERE words.vector @@ phrases LIMIT most
    )
$$;

-- Those of some editions that a query finds. Phrases need the vectors, but not of an
-- edition that is found without one.
CREATE FUNCTION news_strictly(
    held bigint[], certain bigint[], phrases tsquery, most integer
) RETURNS bigint[]
    LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN phrases IS NULL THEN held
        WHEN certain = '{}' THEN public.news_holding(held, phrases, most)
        ELSE ARRAY(
            SELECT one FROM unnest(held) WITH ORDINALITY AS each (one, place)
            WHERE one IN (SELECT unnest(certain)) OR one IN (
                SELECT unnest(public.news_holding(
                    ARRAY(SELECT unnest(held) EXCEPT SELECT unnest(certain)),
                    phrases, cardinality(held)
                ))
            )
            ORDER BY place LIMIT most
        )
    END
$$;

-- The newest editions that a query finds, at most `most` of them.
--
-- The planner takes the fetching of a vector from outside its row for nothing, and
-- would read them all for a common word: the index is the only way here. Phrases need
-- the vectors, so they are looked for in the newest 5,000 that hold all their words.
CREATE FUNCTION news_hits(
    loose tsquery, strict tsquery, sure tsquery, of_category bigint,
    since timestamptz, until timestamptz, most integer
) RETURNS TABLE (edition_id bigint)
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
DECLARE
    enough integer := CASE WHEN strict IS NULL THEN most ELSE 5000 END;
    newest timestamptz;
    eras tsquery;
    held bigint[];
    certain bigint[] := '{}';
    hits bigint[];
BEGIN
    SELECT e.publish_at INTO newest FROM news_edition AS e
        WHERE e.withdrawn_at IS NULL
            AND e.publish_at <= least(statement_timestamp(), until)
        ORDER BY e.publish_at DESC LIMIT 1;
    eras := news_eras(newest);
    held := news_newest(eras && loose, of_category, since, until, enough);
    IF sure IS NOT NULL THEN
        certain := news_newest(eras && sure, of_category, since, until, enough);
    END IF;
    hits := news_strictly(held, certain, strict, most);
    IF cardinality(hits) < most AND cardinality(held) < enough
        AND (since < date_trunc('year', newest, 'UTC') - interval '1 year') IS NOT FALSE
    THEN
        held := news_newest(loose, of_category, since, until, enough);
        IF sure IS NOT NULL THEN
            certain := news_newest(sure, of_category, since, until, enough);
        END IF;
        hits := news_strictly(held, certain, strict, most);
    END IF;
    RETURN QUERY SELECT unnest(hits);
END $$;
DROP FUNCTION news_hits(
    tsquery, tsquery, bigint, timestamptz, timestamptz, integer
);
"""

RELATING = r"""
-- How much a word or topic says: it stands in `held` of `size` other editions.
CREATE FUNCTION news_telling(held bigint, size bigint) RETURNS real
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(0, ln((size + 1) / (held + 0.5)))::real
$$;

-- Write down what an edition is about, and to which others it is related.
--
-- What is rare is told by the newest 200 others: a word of the office's own name, or of
-- every report, stands in most of them and says nothing. Each of two that are related
-- knows the other, so that an old edition learns of a new one.
CREATE FUNCTION news_relate(edition bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp SET jit = off
    SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    shown news_edition%ROWTYPE;
    own tsvector;
    sample bigint[];
    size bigint;
    telling jsonb;
    about text[];
BEGIN
    DELETE FROM news_relative WHERE edition_id = edition OR other_id = edition;
    DELETE FROM news_editionabout WHERE edition_id = edition;
    SELECT vector INTO own FROM news_editionsearch WHERE edition_id = edition;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO shown FROM news_edition WHERE article_id = edition;
    sample := ARRAY(
        SELECT article_id FROM news_edition
        WHERE withdrawn_at IS NULL AND article_id <> edition
        ORDER BY publish_at DESC, article_id DESC LIMIT 200
    );
    size := cardinality(sample);

    -- The words that tell most of it, each with how much.
    WITH held AS (
        SELECT word, count(*) AS times
        FROM news_editionsearch AS other, unnest(tsvector_to_array(other.vector)) AS word
        WHERE other.edition_id = ANY (sample) GROUP BY word
    ), told AS (
        SELECT word.lexeme, cardinality(word.positions) AS times,
            'A' = ANY (word.weights) OR 'B' = ANY (word.weights) AS is_ahead,
            news_telling(coalesce(held.times, 0), size) AS weight
        FROM unnest(own) AS word LEFT JOIN held ON held.word = word.lexeme
        WHERE word.lexeme ~ '^[a-z]{4,30}$'
    )
    SELECT coalesce(jsonb_object_agg(lexeme, weight), '{}') INTO telling FROM (
        SELECT lexeme, weight FROM told
        WHERE weight >= greatest(1, ln(size + 1) / 2)
        ORDER BY weight * (ln(times) + CASE WHEN is_ahead THEN 2 ELSE 1 END) DESC,
            lexeme
        LIMIT 24
    ) AS most;
    about := ARRAY(SELECT jsonb_object_keys(telling));
    INSERT INTO news_editionabout (edition_id, words) VALUES (edition, about);

    WITH topic AS (
        SELECT name, news_telling(
            (
                SELECT count(*) FROM news_edition AS e
                WHERE e.article_id = ANY (sample) AND name = ANY (e.topics)
            ), size
        ) AS weight FROM unnest(shown.topics) AS name
    ), reason AS (
        SELECT article_id AS other, 1000::real AS score FROM (
            SELECT article_id FROM news_edition
            WHERE series_id = shown.series_id AND article_id <> edition
                AND withdrawn_at IS NULL
            ORDER BY publish_at DESC LIMIT 24
        ) AS part
        UNION ALL
        SELECT article_id, 1 + 20 * (
            SELECT sum(weight) FROM topic WHERE name = ANY (topics)
        ) FROM (
            SELECT article_id, topics FROM news_edition
            WHERE topics && shown.topics AND article_id <> edition
                AND withdrawn_at IS NULL
            ORDER BY publish_at DESC LIMIT 200
        ) AS alike
        UNION ALL
        SELECT alike.edition_id, shared.weight FROM (
            SELECT edition_id, words FROM news_editionabout
            WHERE words && about AND edition_id <> edition
            ORDER BY edition_id DESC LIMIT 2000
        ) AS alike, LATERAL (
            SELECT sum((telling ->> word)::real) AS weight, count(*) AS number
            FROM unnest(alike.words) AS word WHERE telling ? word
        ) AS shared
        WHERE shared.number > 1 AND shared.weight >= 1.2 * ln(size + 1)
    ), related AS (
        SELECT other, sum(score) AS score FROM reason
        GROUP BY other ORDER BY sum(score) DESC, other DESC LIMIT 24
    )
    -- In order, so that two publications never wait for each other in a ring.
    INSERT INTO news_relative (edition_id, other_id, score)
        SELECT one, two, score FROM (
            SELECT edition AS one, other AS two, score FROM related
            UNION ALL
            SELECT other, edition, score FROM related
            WHERE 24 > (
                SELECT count(*) FROM news_relative AS nearer
                WHERE nearer.edition_id = other AND nearer.score > related.score
            )
        ) AS pair
        ORDER BY one, two
        ON CONFLICT (edition_id, other_id) DO UPDATE SET score = excluded.score;
END $$;
"""

KEEPING = r"""
CREATE OR REPLACE FUNCTION news_index_edition(edition bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    shown news_edition%ROWTYPE;
    document jsonb;
    filing text;
    body text;
    words tsvector;
BEGIN
    SELECT * INTO shown FROM news_edition WHERE article_id = edition;
    IF NOT FOUND OR shown.withdrawn_at IS NOT NULL OR shown.erased_at IS NOT NULL THEN
        DELETE FROM news_editionsearch WHERE edition_id = edition;
        RETURN;
    END IF;
    SELECT r.document::jsonb INTO document FROM news_revision AS r
        WHERE r.id = shown.revision_id;
    filing := concat_ws(' . ',
        document ->> 'byline_name', document ->> 'byline_office',
        document ->> 'source_name', array_to_string(shown.tag_names, ' . '),
        (SELECT name FROM news_series WHERE id = shown.series_id),
        (
            SELECT string_agg(name #>> '{}', ' . ')
            FROM jsonb_path_query(document, '$.attachments[*].name') AS name
        )
    );
    body := concat_ws(' . ',
        document ->> 'dateline', news_text(shown.body),
        document #>> '{cover,caption}', document ->> 'credit'
    );
    words := news_vector(shown.title, document ->> 'lead', filing, body)
        || news_era(shown.publish_at);
    INSERT INTO news_editionsearch (edition_id, publish_at, category_id, vector, names)
    VALUES (
        edition, shown.publish_at, shown.category_id, words,
        news_names(concat_ws(' . ', document ->> 'lead', filing, body))
    )
    ON CONFLICT (edition_id) DO UPDATE SET
        publish_at = excluded.publish_at, category_id = excluded.category_id,
        vector = excluded.vector, names = excluded.names;
END $$;

CREATE OR REPLACE FUNCTION news_edition_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.news_index_edition(coalesce(NEW.article_id, OLD.article_id));
    PERFORM public.news_relate(coalesce(NEW.article_id, OLD.article_id));
    RETURN NULL;
END $$;
"""

# Its large index is made anew, which is much quicker than adding to it.
FILL = """
ALTER TABLE news_editionsearch DISABLE TRIGGER terms_kept;
DROP INDEX edition_words;
UPDATE news_editionsearch SET vector = vector || news_era(publish_at);
CREATE INDEX edition_words ON news_editionsearch USING gin (vector)
    WITH (fastupdate = off);
ALTER TABLE news_editionsearch ENABLE TRIGGER terms_kept;
"""
EMPTY = FILL.replace(
    "vector || news_era(publish_at)",
    "ts_delete(vector, tsvector_to_array(news_era(publish_at)))",
)
# Each takes some hundredths of a second; in a larger archive the oldest are related as
# soon as they are published again.
RELATE = """
SELECT count(news_relate(article_id) IS NULL) FROM (
    SELECT article_id FROM (
        SELECT article_id, publish_at FROM news_edition
        ORDER BY publish_at DESC, article_id DESC LIMIT 5000
    ) AS newest ORDER BY publish_at, article_id
) AS oldest_first
"""

BEFORE = (search.TEXT + search.FINDING + search.KEEPING).replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
GONE = "".join(
    f"DROP FUNCTION {name};\n"
    for name in (
        *("news_relate", "news_telling", "news_newest", "news_holding"),
        *("news_strictly", "news_eras", "news_era"),
        "news_hits(tsquery, tsquery, tsquery, bigint, timestamptz, timestamptz, integer)",
    )
)


class Migration(migrations.Migration):

    dependencies = [("news", "0009_fingerprints")]

    operations = [
        migrations.CreateModel(
            name='EditionAbout',
            fields=[
                ('edition', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='news.edition')),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
            ],
            options={
                'verbose_name': 'kata kunci terbitan',
                'verbose_name_plural': 'kata kunci terbitan',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='edition_about')],
            },
        ),
        migrations.CreateModel(
            name='Relative',
            fields=[
                ('pk', models.CompositePrimaryKey('edition_id', 'other_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('score', models.FloatField()),
                ('edition', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='relatives', to='news.edition')),
                ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='relative_of', to='news.edition')),
            ],
            options={
                'verbose_name': 'kerabat terbitan',
                'verbose_name_plural': 'kerabat terbitan',
            },
        ),
        migrations.RunSQL(FINDING + RELATING + KEEPING + FILL, BEFORE + EMPTY + GONE),
        migrations.RunSQL(RELATE, migrations.RunSQL.noop),
    ]
