"""Search: the words of the editions, written by the database itself.

`simple` and `indonesian` stand side by side in one vector: a word as it is written, and
its stem after "=" where no word of the text is that stem. Which stems may be believed
is for the query to say (news/search_words.py), so that table changes without this one.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

TEXT = r"""
-- Words parted by single spaces: no case, no accents, no marks. "/" parts words, or a
-- decision's number would be one; an apostrophe does not (Jum'at). What it does to a
-- text, news.search.fold does to a query. Nobody looks for a word of 100 letters, and a
-- lexeme of 2 kB is an error.
CREATE FUNCTION news_fold(source text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT regexp_replace(
        regexp_replace(
            translate(
                lower(public.unaccent('public.unaccent', source)), '''‘’ʼ`´', ''
            ),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1'
            '\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff'
            '\u3000-\u3003\u3008-\u3020\ufe00-\ufe0f\ufeff\ufff9-\uffff]+', ' ', 'g'
        ),
        '\S{100,}', ' ', 'g'
    )
$$;

-- The text of a clean body. The sanitiser writes attributes in double quotes; what
-- stands within a line does not part the word that it stands in.
CREATE FUNCTION news_text(body text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(
        replace(replace(replace(replace(
            regexp_replace(
                regexp_replace(
                    body,
                    '</?(?:strong|em|u|s|sub|sup|code|a)(?:\s[^>"]*(?:"[^"]*"[^>"]*)*)?>',
                    '', 'g'
                ),
                '<[a-z/][^>"]*(?:"[^"]*"[^>"]*)*>', ' ', 'g'
            ),
            '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&amp;', '&'),
        E'\u00a0', ' '
    )
$$;

-- The stems that a word may be found by. `roots` says what the stemmer's own answers
-- stand for: nothing, where it is wrong, or others.
CREATE FUNCTION news_stems(word text, roots jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN roots ? stem
        THEN ARRAY(SELECT jsonb_array_elements_text(roots -> stem))
        ELSE ARRAY[stem]
    END
    FROM (SELECT (ts_lexize('indonesian_stem', word))[1] AS stem) AS known
    WHERE stem IS NOT NULL
$$;

CREATE FUNCTION news_vector(title text, lead text, filing text, body text)
    RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    a text := news_fold(left(title, 1000));
    b text := news_fold(left(lead, 5000));
    c text := news_fold(left(filing, 5000));
    -- Under the 1 MB that a vector can hold, even if no word came twice.
    d text := news_fold(left(body, 100000));
    words tsvector;
    stems tsvector;
BEGIN
    words := setweight(to_tsvector('simple', a), 'A')
        || setweight(to_tsvector('simple', b), 'B')
        || setweight(to_tsvector('simple', c), 'C')
        || setweight(to_tsvector('simple', d), 'D');
    stems := setweight(to_tsvector('indonesian', a), 'A')
        || setweight(to_tsvector('indonesian', b), 'B')
        || setweight(to_tsvector('indonesian', c), 'C')
        || setweight(to_tsvector('indonesian', d), 'D');
    stems := ts_delete(stems, tsvector_to_array(words));
    RETURN (
        words::text || ' ' || regexp_replace(stems::text, '(^| )''', '\1''=', 'g')
    )::tsvector;
END $$;

-- A query as news.search wrote it: lexemes in quotes, and after "=" a word of which
-- the stems are meant.
CREATE FUNCTION news_query(source text, roots jsonb) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT string_agg(
        CASE
            WHEN place % 2 = 1 THEN piece
            WHEN piece NOT LIKE '=%' THEN plain
            ELSE coalesce(
                (
                    SELECT string_agg('=' || stem || ''' | ''' || stem, ''' | ''')
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
"""

FINDING = r"""
-- The newest editions that a query finds, at most `most` of them.
--
-- The planner takes the fetching of a vector from outside its row for nothing, and
-- would read them all for a common word: the index is the only way here. Phrases need
-- the vectors, so they are looked for in the newest 5,000 that hold all their words.
CREATE FUNCTION news_hits(
    loose tsquery, strict tsquery, of_category bigint,
    since timestamptz, until timestamptz, most integer
) RETURNS TABLE (edition_id bigint)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
    SELECT held.edition_id
    FROM (
        SELECT words.edition_id, words.publish_at, words.vector
        FROM news_editionsearch AS words
        WHERE words.vector @@ loose
            AND words.publish_at <= statement_timestamp()
            AND (of_category IS NULL OR words.category_id = of_category)
            AND (since IS NULL OR words.publish_at >= since)
            AND (until IS NULL OR words.publish_at < until)
        ORDER BY words.publish_at DESC, words.edition_id DESC
        LIMIT CASE WHEN strict IS NULL THEN most ELSE 5000 END
    ) AS held
    WHERE strict IS NULL OR held.vector @@ strict
    LIMIT most
$$;

-- The words of an edition that a query's words are kin to: those it is marked by.
CREATE FUNCTION news_kin(edition bigint, asked text[], roots jsonb) RETURNS text[]
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_agg(word.lexeme)
    FROM news_editionsearch AS words, unnest(words.vector) AS word
    WHERE words.edition_id = edition AND word.lexeme NOT LIKE '=%'
        AND news_stems(word.lexeme, roots) && ARRAY(
            SELECT unnest(news_stems(one, roots)) FROM unnest(asked) AS one
        )
$$;
"""

TERMS = r"""
-- How a name sounds, whichever way it is spelt: Zaenal Mutaqin, Zainal Muttaqin.
CREATE FUNCTION news_sound(source text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT regexp_replace(
        translate(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
                news_fold(source),
                'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'sj', 's'), 'sy', 's'),
                'kh', 'h'), 'dz', 'z'), 'ae', 'ai'), 'x', 'ks'),
            'qvy', 'kfi'
        ),
        '(.)\1+', '\1', 'g'
    )
$$;

-- The names in a text: two or three words in a row that begin with a capital letter.
CREATE FUNCTION news_names(body text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH run AS (
        SELECT DISTINCT string_to_array(found[1], ' ') AS word
        FROM regexp_matches(
            left(body, 100000),
            '\m([A-Z][a-z''’]+(?: [A-Z][a-z''’]+)+)(?![[:alnum:]])', 'g'
        ) AS found
        LIMIT 300
    ), name AS (
        SELECT DISTINCT array_to_string(word[at : at + size], ' ') AS term
        FROM run, generate_subscripts(word, 1) AS at, generate_series(1, 2) AS size
        WHERE at + size <= cardinality(word)
        LIMIT 500
    )
    SELECT coalesce(array_agg(term), '{}') FROM name WHERE length(term) <= 60
$$;

-- What an edition gives to SearchTerm. Letters alone: no number is ever proposed.
CREATE FUNCTION news_terms(words tsvector, names text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT names || ARRAY(
        SELECT word FROM unnest(tsvector_to_array(words)) AS word
        WHERE word ~ '^[a-z]{4,30}$'
    )
$$;
"""

KEEPING = r"""
CREATE FUNCTION news_index_edition(edition bigint) RETURNS void
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
    words := news_vector(shown.title, document ->> 'lead', filing, body);
    INSERT INTO news_editionsearch (edition_id, publish_at, category_id, vector, names)
    VALUES (
        edition, shown.publish_at, shown.category_id, words,
        news_names(concat_ws(' . ', document ->> 'lead', filing, body))
    )
    ON CONFLICT (edition_id) DO UPDATE SET
        publish_at = excluded.publish_at, category_id = excluded.category_id,
        vector = excluded.vector, names = excluded.names;
END $$;

CREATE FUNCTION news_edition_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.news_index_edition(coalesce(NEW.article_id, OLD.article_id));
    RETURN NULL;
END $$;

-- The words of what is withdrawn, erased or corrected go, unless another text has them.
CREATE FUNCTION news_keep_terms() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    before text[] := '{}';
    after text[] := '{}';
    gone text[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        before := news_terms(OLD.vector, OLD.names);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := news_terms(NEW.vector, NEW.names);
    END IF;
    -- In order, so that two publications never wait for each other in a ring.
    INSERT INTO news_searchterm (term, sound)
        SELECT term, news_sound(term)
        FROM (SELECT unnest(after) EXCEPT SELECT unnest(before)) AS added (term)
        ORDER BY term
        ON CONFLICT DO NOTHING;
    gone := ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after));
    IF gone <> '{}' THEN
        -- Most are in any few texts; the index is asked for the rest alone.
        gone := ARRAY(
            SELECT unnest(gone)
            EXCEPT SELECT unnest(news_terms(few.vector, few.names)) FROM (
                SELECT vector, names FROM news_editionsearch LIMIT 50
            ) AS few
        );
        DELETE FROM news_searchterm AS lost
        WHERE lost.term = ANY (gone) AND NOT EXISTS (
            SELECT FROM news_editionsearch AS other
            WHERE other.vector @@ phraseto_tsquery('simple', news_fold(lost.term))
        );
    END IF;
    RETURN NULL;
END $$;
"""

# In one transaction, and in this order: readers never wait, and writers only for the
# last step, which does again what was published during the long first one.
FILL = """
-- Vectors and names lie outside, so that a row of what is scanned takes 80 bytes.
ALTER TABLE news_editionsearch SET (toast_tuple_target = 128);

CREATE TEMPORARY TABLE search_filled ON COMMIT DROP AS
    SELECT article_id, xmin::text AS seen, news_index_edition(article_id) IS NULL AS done
    FROM news_edition;

CREATE TRIGGER edition_said AFTER INSERT OR DELETE OR UPDATE OF
    revision_id, title, body, tag_names, category_id, series_id, publish_at,
    withdrawn_at, erased_at ON news_edition
    FOR EACH ROW EXECUTE FUNCTION news_edition_said();

SELECT count(news_index_edition(e.article_id) IS NULL)
    FROM news_edition AS e LEFT JOIN search_filled AS f USING (article_id)
    WHERE f.seen IS DISTINCT FROM e.xmin::text;
DELETE FROM news_editionsearch AS words WHERE NOT EXISTS (
    SELECT FROM news_edition WHERE article_id = words.edition_id
);
INSERT INTO news_searchterm (term, sound)
    SELECT term, news_sound(term)
    FROM (
        SELECT DISTINCT unnest(news_terms(vector, names)) FROM news_editionsearch
    ) AS found (term);

CREATE TRIGGER terms_kept AFTER INSERT OR DELETE OR UPDATE OF vector, names
    ON news_editionsearch FOR EACH ROW EXECUTE FUNCTION news_keep_terms();
"""

# Dropping a function with CASCADE drops its triggers.
UNDO = "".join(
    f"DROP FUNCTION {name} CASCADE;\n"
    for name in (
        *("news_edition_said", "news_keep_terms", "news_index_edition", "news_terms"),
        *("news_names", "news_sound", "news_kin", "news_hits", "news_query"),
        *("news_vector", "news_stems", "news_text", "news_fold"),
    )
)


class Migration(migrations.Migration):

    dependencies = [("news", "0003_pictures_and_attachments")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name="EditionSearch",
            fields=[
                ("edition", models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name="+", serialize=False, to="news.edition")),
                ("publish_at", models.DateTimeField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("category", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="news.category")),
            ],
            options={
                "verbose_name": "kata terbitan",
                "verbose_name_plural": "kata terbitan",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["vector"], name="edition_words")],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.TextField(primary_key=True, serialize=False)),
                ("sound", models.TextField()),
            ],
            options={
                "verbose_name": "kata",
                "verbose_name_plural": "kata",
                "indexes": [django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass("sound", name="gist_trgm_ops(siglen=64)"), name="term_sounds")],
            },
        ),
        migrations.RunSQL(TEXT + FINDING + TERMS + KEEPING + FILL, UNDO),
    ]
