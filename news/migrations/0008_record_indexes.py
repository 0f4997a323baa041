"""Indexes by which each list of the record reads its own lines and no others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0007_statistics'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['kind', '-sequence'], name='publication_of_kind'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['recorded_at'], name='publication_recorded'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('kind__in', ('ralat', 'pembaruan', 'salah ketik', 'pulih', 'tarik', 'hapus')), models.Q(('kind', 'siaran darurat'), ('version__gt', 1)), _connector='OR'), fields=['-sequence'], name='publication_changes'),
        ),
    ]
