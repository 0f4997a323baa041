"""The urgent notice, whose words nobody changes once it is raised."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE FUNCTION news_refuse_changed_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.lowered_at IS NULL
        AND to_jsonb(NEW) - 'lowered_at' - 'lowered_by_id'
            = to_jsonb(OLD) - 'lowered_at' - 'lowered_by_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an urgent notice is lowered, never changed: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON news_urgentnotice
    FOR EACH ROW EXECUTE FUNCTION news_refuse_changed_notice();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0004_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UrgentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='Satu kalimat, misalnya “Pemungutan suara ulang di TPS 4 Ciruas dimulai pukul 08.00 WIB.”', max_length=200, verbose_name='pengumuman')),
                ('link', models.URLField(blank=True, help_text='Alamat lengkap halaman yang menjelaskannya, bila ada.', verbose_name='tautan')),
                ('until', models.DateTimeField(help_text='Sesudah itu pengumuman turun dengan sendirinya.', verbose_name='berlaku sampai')),
                ('raised_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dinaikkan')),
                ('lowered_at', models.DateTimeField(editable=False, null=True, verbose_name='diturunkan')),
            ],
            options={
                'verbose_name': 'pengumuman mendesak',
                'verbose_name_plural': 'pengumuman mendesak',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['day', 'edition'], include=('readings',), name='tally_by_day'),
        ),
        migrations.AddField(
            model_name='urgentnotice',
            name='lowered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diturunkan oleh'),
        ),
        migrations.AddField(
            model_name='urgentnotice',
            name='raised_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dinaikkan oleh'),
        ),
        migrations.AddConstraint(
            model_name='urgentnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lowered_at', None), ('lowered_by', None)), models.Q(('lowered_at__isnull', False), ('lowered_by__isnull', False)), _connector='OR'), name='urgent_notice_lowered_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='urgentnotice',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='urgent_notice_says_something'),
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION news_refuse_changed_notice CASCADE"),
    ]
