import pytest

from news.models import Photo


@pytest.fixture
def shelf(humas):
    """Return a function that fills the library with rows whose files nobody opens."""

    def fill(count, start=0):
        return Photo.objects.bulk_create(
            Photo(
                file=f"foto/{number:064x}.jpg",
                digest=f"{number:064x}",
                width=1200,
                height=800,
                description=f"Foto {number}",
                uploaded_by=humas,
            )
            for number in range(start, start + count)
        )

    return fill
