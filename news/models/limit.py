from django.db import models
from django.db.models.functions import Now


class RequestCount(models.Model):
    """How often a client asked for something in a span of time; see `news.limits`.

    The key is a hash under a secret that is replaced at midnight. It is unlogged:
    its loss costs nothing, and neither backups nor replicas have it.
    """

    key = models.BinaryField(primary_key=True)
    since = models.DateTimeField(db_default=Now())
    requests = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "hitungan permintaan"
        verbose_name_plural = "hitungan permintaan"
        indexes = [models.Index(fields=["since"], name="request_count_since")]

    def __str__(self):
        return f"{self.since} {self.requests}"
