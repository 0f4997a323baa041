"""The smaller copies of each photo, made in the background: AVIF, WebP and JPEG.

django-pictures cuts and encodes them, and says for which widths a photo is large
enough. It was chosen over sorl-thumbnail and easy-thumbnails, whose templates ask for
one file at a time and make it while somebody waits for the page; neither knows of sets
of widths and formats. Ours are the crop about the focal point, and the certainty that a
page names no copy before it exists: `Photo.rendered` is written after the last of them.
"""

import io
import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.tasks import task
from django.utils import timezone
from pictures.models import PillowPicture
from PIL import Image, ImageOps

from news import files
from news.models import Photo
from news.picturing import (
    COVER,
    SPECIFICATION,
    TYPES,
    copy_name,
    rendered_key,
    widths,
)

logger = logging.getLogger(__name__)

# Sizes against looks, tried on photographs and drawings; AVIF at its speed 6 of 10.
OPTIONS = {
    "AVIF": {"quality": 60, "speed": 6},
    "WEBP": {"quality": 74},
    "JPEG": {"quality": 78, "optimize": True, "progressive": True},
}

# A photo that waits longer than this was missed; so many are made up for in a minute.
PATIENCE = timedelta(minutes=5)
AT_ONCE = 5


@dataclass(eq=False)
class FocalPicture(PillowPicture):
    """One copy of a photo, cropped so that its focal point stays in view."""

    focus: tuple[int, int]

    @property
    def name(self):
        focus = "{}-{}".format(*self.focus)
        kind = self.file_type.lower()
        return copy_name(self.parent_name, kind, self.width, self.aspect_ratio, focus)

    def resize(self, image):
        if self.aspect_ratio:
            size = (self.width, self.height)
            centre = tuple(hundredth / 100 for hundredth in self.focus)
            image = ImageOps.fit(image, size, Image.Resampling.LANCZOS, 0, centre)
        else:
            height = max(1, round(self.width * image.height / image.width))
            image = image.resize((self.width, height), Image.Resampling.LANCZOS)
        if self.file_type == "JPEG" and image.mode == "RGBA":
            paper = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(paper, image).convert("RGB")
        return image

    def save(self, image):
        # The same photo, width and focal point are the same picture: written once.
        if self.storage.exists(self.name):
            return
        output = io.BytesIO()
        self.resize(image).save(output, self.file_type, **OPTIONS[self.file_type])
        files.keep(self.name, output.getvalue())


def copies_of(photo: Photo) -> list[FocalPicture]:
    """Return every copy that a photo should have for its present focal point."""
    focus = (photo.focal_x, photo.focal_y)
    return [
        FocalPicture(
            photo.file.name, kind.upper(), ratio, default_storage, width, focus
        )
        for ratio in (None, COVER)
        for width in widths(photo.width, photo.height, ratio)
        for kind in TYPES
    ]


def make(photo: Photo) -> None:
    """Make the copies that a photo lacks, and tell the pages that they exist."""
    with photo.file.open() as file, Image.open(file) as source:
        source.load()
        image = source.convert("RGBA" if source.mode == "RGBA" else "RGB")
    for copy in copies_of(photo):
        copy.save(image)
    # Not when somebody has moved the focal point meanwhile: another task makes that.
    Photo.objects.filter(
        pk=photo.pk, focal_x=photo.focal_x, focal_y=photo.focal_y
    ).update(rendered=rendered_key(photo.focal_x, photo.focal_y))


@task(queue_name="pictures", priority=-10)
def render(pk: int) -> None:
    """Make a photo's copies; one that was deleted meanwhile needs none."""
    photo = Photo.objects.filter(pk=pk).first()
    if photo and photo.rendered != rendered_key(photo.focal_x, photo.focal_y):
        make(photo)


def request(photo: Photo) -> None:
    """Have a photo's copies made soon, if the transaction at hand succeeds."""
    render.enqueue(photo.pk)


def missing():
    """Return the photos of which some copy, as now specified, is not made."""
    return Photo.objects.exclude(
        rendered=Concat(
            Value(f"{SPECIFICATION}/"),
            Cast(F("focal_x"), CharField()),
            Value("-"),
            Cast(F("focal_y"), CharField()),
        )
    )


def make_up() -> None:
    """Make what was missed, a few photos at a time: a chore of the worker.

    After a release that wants other widths, or a backup restored without copies.
    """
    waiting = missing().filter(uploaded_at__lt=timezone.now() - PATIENCE)
    # In any order, so that photos whose file is broken hold up no others for ever.
    for photo in waiting.order_by("?")[:AT_ONCE]:
        try:
            make(photo)
        except OSError as error:
            logger.error("Ukuran foto %s tidak dapat dibuat: %s", photo.file, error)
