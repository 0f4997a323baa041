"""What must never break, enforced where no code can pass it by.

Rows of the record are only ever added; a revision is what its digest says; the ledger
is one chain; and the public text is always a revision that somebody approved, or that
came in by import.
"""

from django.db import migrations

APPEND_ONLY = ("news_approval", "news_transition", "news_publication")

FUNCTIONS = """
CREATE FUNCTION news_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION news_refuse_changed_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Erasure alone: the document goes, and nothing else, where the ledger says so.
    IF NEW.document = '' AND to_jsonb(NEW) - 'document' = to_jsonb(OLD) - 'document'
        AND EXISTS (
            SELECT FROM news_publication
            WHERE article = OLD.article_id AND kind = 'hapus'
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'news_revision is append-only: UPDATE refused'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- The owner's rights, since the site's own role may not change a revision at all.
CREATE FUNCTION news_erase(erased bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE public.news_revision SET document = '' WHERE article_id = erased;
    UPDATE public.news_imported SET raw = '', doubts = '{}' WHERE article_id = erased;
$$;

CREATE FUNCTION news_refuse_lost_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM news_edition WHERE article_id = OLD.article_id)
        OR EXISTS (SELECT FROM news_publication WHERE article = OLD.article_id)
    THEN
        RAISE EXCEPTION 'revision % of published article % is kept', OLD.number,
            OLD.article_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION news_check_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.digest <> encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'digest is not that of the document'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM news_article
        WHERE id = NEW.article_id AND state IN ('draf', 'dikembalikan')
    ) THEN
        RAISE EXCEPTION 'article % is not open for saving', NEW.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION news_check_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest news_revision%ROWTYPE;
BEGIN
    SELECT * INTO latest FROM news_revision
        WHERE article_id = NEW.article_id ORDER BY number DESC LIMIT 1;
    -- A public release is countersigned, wherever its desk copy has got to.
    IF EXISTS (
        SELECT FROM news_edition e JOIN news_revision r ON r.id = e.revision_id
        WHERE e.article_id = NEW.article_id AND e.round = NEW.round
            AND r.digest = NEW.digest AND r.saved_by_id <> NEW.approver_id
            AND e.released_at IS NOT NULL AND e.countersigned_at IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    IF latest.digest IS DISTINCT FROM NEW.digest OR latest.saved_by_id = NEW.approver_id
        OR NOT EXISTS (
            SELECT FROM news_article
            WHERE id = NEW.article_id AND state = 'diajukan' AND round = NEW.round
        )
    THEN
        RAISE EXCEPTION 'approval is not of the text that was submitted, or its own'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION news_check_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last news_publication%ROWTYPE;
BEGIN
    SELECT * INTO last FROM news_publication ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(last.sequence, 0) + 1
        OR NEW.previous <> coalesce(last.hash, repeat('0', 64))
    THEN
        RAISE EXCEPTION 'line % does not continue the ledger', NEW.sequence
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION news_check_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shown news_revision%ROWTYPE;
    document jsonb;
BEGIN
    SELECT * INTO shown FROM news_revision WHERE id = NEW.revision_id;
    IF shown.document = '' THEN
        document := '{"title": "", "body": ""}';
    ELSE
        document := shown.document::jsonb;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.erased_at IS NOT NULL AND NEW.title = ''
        AND NEW.body = '' AND EXISTS (
            SELECT FROM news_publication
            WHERE article = NEW.article_id AND kind = 'hapus'
        )
    THEN
        RETURN NEW;
    END IF;
    IF shown.article_id <> NEW.article_id
        OR NEW.title <> document ->> 'title' OR NEW.body <> document ->> 'body'
        OR to_jsonb(NEW.tag_names) <> document -> 'tags'
        OR coalesce(NEW.cover_document, 'null') <> document -> 'cover'
    THEN
        RAISE EXCEPTION 'edition % is not its revision', NEW.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM news_approval
        WHERE article_id = NEW.article_id AND round = NEW.round
            AND digest = shown.digest
    ) AND NOT EXISTS (
        SELECT FROM news_publication
        WHERE article = NEW.article_id AND version = NEW.version
            AND digest = shown.digest AND kind IN ('siaran darurat', 'impor')
    ) THEN
        RAISE EXCEPTION 'edition % was approved by nobody', NEW.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.publish_at <= clock_timestamp()
        AND NEW.publish_at <> OLD.publish_at
    THEN
        RAISE EXCEPTION 'edition % was public since %', NEW.article_id, OLD.publish_at
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION news_refuse_lost_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.publish_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'edition % was public: withdraw it', OLD.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER revision_kept BEFORE UPDATE ON news_revision
    FOR EACH ROW EXECUTE FUNCTION news_refuse_changed_revision();
CREATE TRIGGER revision_not_lost BEFORE DELETE ON news_revision
    FOR EACH ROW EXECUTE FUNCTION news_refuse_lost_revision();
CREATE TRIGGER revision_checked BEFORE INSERT ON news_revision
    FOR EACH ROW EXECUTE FUNCTION news_check_revision();
CREATE TRIGGER approval_checked BEFORE INSERT ON news_approval
    FOR EACH ROW EXECUTE FUNCTION news_check_approval();
CREATE TRIGGER publication_checked BEFORE INSERT ON news_publication
    FOR EACH ROW EXECUTE FUNCTION news_check_publication();
CREATE TRIGGER edition_checked BEFORE INSERT OR UPDATE ON news_edition
    FOR EACH ROW EXECUTE FUNCTION news_check_edition();
CREATE TRIGGER edition_not_lost BEFORE DELETE ON news_edition
    FOR EACH ROW EXECUTE FUNCTION news_refuse_lost_edition();
""" + "".join(
    f"""
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION news_refuse_change();
"""
    for table in APPEND_ONLY
)

# Dropping a function with CASCADE drops its triggers.
UNDO = "".join(
    f"DROP FUNCTION {name} CASCADE;\n"
    for name in (
        "news_erase",
        "news_refuse_change",
        "news_refuse_changed_revision",
        "news_refuse_lost_revision",
        "news_check_revision",
        "news_check_approval",
        "news_check_publication",
        "news_check_edition",
        "news_refuse_lost_edition",
    )
)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
