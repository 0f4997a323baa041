"""Replies: the article that an article replies to, and since which version.

A trigger holds both to the documents, as another does for title and text: what the
public is told of a reply is what somebody approved.
"""

import django.db.models.deletion
from django.db import migrations, models

CHECK = """
CREATE FUNCTION news_check_reply() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said bigint;
    since integer := 0;
BEGIN
    IF NEW.erased_at IS NULL THEN
        SELECT (nullif(document, '')::jsonb ->> 'reply_to')::bigint INTO said
            FROM news_revision WHERE id = NEW.revision_id;
    END IF;
    IF said IS NOT NULL THEN
        since := NEW.version;
        IF TG_OP = 'UPDATE' AND OLD.reply_to_id = said THEN
            since := OLD.reply_version;
        END IF;
    END IF;
    IF NEW.reply_to_id IS DISTINCT FROM said OR NEW.reply_version <> since THEN
        RAISE EXCEPTION 'edition % replies to what its revision does not',
            NEW.article_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER edition_reply_checked
    BEFORE INSERT OR UPDATE OF revision_id, version, reply_to_id, reply_version, erased_at
    ON news_edition FOR EACH ROW EXECUTE FUNCTION news_check_reply();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0010_recent_words_and_relatives'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='reply_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.edition', verbose_name='menanggapi naskah'),
        ),
        migrations.AddField(
            model_name='edition',
            name='reply_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.edition', verbose_name='menanggapi'),
        ),
        migrations.AddField(
            model_name='edition',
            name='reply_version',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='menanggapi sejak versi'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('reply_to__isnull', False)), fields=['reply_to', 'publish_at'], name='edition_replies'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('reply_to', models.F('article')), _negated=True), name='edition_replies_to_another'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reply_to', None), ('reply_version', 0)), models.Q(('reply_to__isnull', False), ('reply_version__gt', 0)), _connector='OR'), name='edition_reply_has_version'),
        ),
        migrations.RunSQL(CHECK, "DROP FUNCTION news_check_reply CASCADE"),
    ]
