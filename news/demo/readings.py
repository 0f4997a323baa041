"""Sample readings of the sample articles: invented, so that statistics show something.

All are of today, for no sample article was public before. What came from the old site
gets none: its counts are real.
"""

from django.utils.timezone import localdate

from news import counting, ranking
from news.models import Edition, Tally
from news.models.tally import Source

# What the article that was published first gets; the next ones less and less.
MOST = 240
# Parts of a hundred.
SHARES = {
    Source.WHATSAPP: 46,
    Source.SEARCH: 21,
    Source.DIRECT: 17,
    Source.SOCIAL: 11,
    Source.OTHER_SITE: 5,
}


def load():
    """Give each published article readings, and sum them as the worker does."""
    editions = Edition.objects.visible().written_here().order_by("pk")
    Tally.objects.bulk_create(
        Tally(
            edition=edition,
            day=localdate(),
            source=source,
            slot=0,
            readings=MOST * share // (100 + 15 * place),
        )
        for place, edition in enumerate(editions)
        for source, share in SHARES.items()
    )
    counting.roll_up()
    ranking.rank()
