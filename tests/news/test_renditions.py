import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from news import images, renditions
from news.models import Photo
from news.picturing import SPECIFICATION


@pytest.fixture
def photo(humas):
    """Three bars of colour, 1,500 x 500: a crop to 3:2 shows which one is kept."""
    drawn = Image.new("RGB", (1500, 500), "#ff0000")
    drawn.paste("#00ff00", (500, 0, 1000, 500))
    drawn.paste("#0000ff", (1000, 0, 1500, 500))
    output = io.BytesIO()
    drawn.save(output, "PNG")
    return images.store(SimpleUploadedFile("tiga.png", output.getvalue()), humas)


def files_of(photo):
    folder = photo.file.name.rpartition(".")[0]
    if not default_storage.exists(folder):
        return set()
    folders, names = default_storage.listdir(folder)
    return set(names) | {
        f"{inner}/{name}"
        for inner in folders
        for name in default_storage.listdir(f"{folder}/{inner}")[1]
    }


def colour_of(photo, name):
    folder = photo.file.name.rpartition(".")[0]
    with default_storage.open(f"{folder}/{name}") as file, Image.open(file) as copy:
        small = copy.convert("RGB").resize((1, 1))
        return "rgb"[max(range(3), key=small.getpixel((0, 0)).__getitem__)]


@pytest.mark.django_db(transaction=True)
def test_the_copies_are_made_by_the_worker(photo):
    assert photo.rendered == ""
    call_command("worker", "--once")
    kinds = ("avif", "webp", "jpeg")
    # Other tests drew the same picture, with other focal points.
    assert files_of(photo) >= {
        f"{width}w.{kind}"
        for width in (240, 480, 720, 960, 1200, 1440)
        for kind in kinds
    } | {f"3x2-50-35/{width}w.{kind}" for width in (240, 480, 720) for kind in kinds}
    photo.refresh_from_db()
    assert photo.rendered == f"{SPECIFICATION}/50-35"


def test_each_copy_is_the_format_and_width_that_its_name_says(photo):
    renditions.make(photo)
    for copy in renditions.copies_of(photo):
        with default_storage.open(copy.name) as file, Image.open(file) as made:
            assert made.format == copy.file_type
            assert made.width == copy.width
            assert not made.getexif()
            assert "icc_profile" not in made.info


@pytest.mark.parametrize(("focal_x", "seen"), [(0, "r"), (50, "g"), (100, "b")])
def test_a_crop_keeps_its_focal_point(photo, focal_x, seen):
    photo.focal_x = focal_x
    photo.save()
    renditions.make(photo)
    for kind in ("avif", "webp", "jpeg"):
        assert colour_of(photo, f"3x2-{focal_x}-35/480w.{kind}") == seen


def test_a_focal_point_moved_while_copies_are_made_is_not_taken_for_done(photo):
    stale = Photo.objects.get(pk=photo.pk)
    Photo.objects.update(focal_x=10)
    renditions.make(stale)
    photo.refresh_from_db()
    assert photo.rendered == ""
    renditions.render.func(photo.pk)
    photo.refresh_from_db()
    assert photo.rendered == f"{SPECIFICATION}/10-35"


def test_a_transparent_picture_stands_on_white_where_the_format_knows_no_alpha(humas):
    output = io.BytesIO()
    Image.new("RGBA", (600, 400), (0, 0, 0, 0)).save(output, "PNG")
    photo = images.store(SimpleUploadedFile("x.png", output.getvalue()), humas)
    renditions.make(photo)
    folder = photo.file.name.rpartition(".")[0]
    with default_storage.open(f"{folder}/480w.jpeg") as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 255, 255)
    with default_storage.open(f"{folder}/480w.webp") as file:
        assert Image.open(file).convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_photo_smaller_than_every_copy_has_none(picture, humas):
    photo = images.store(SimpleUploadedFile("x.jpg", picture(size=(200, 100))), humas)
    renditions.make(photo)
    assert files_of(photo) == set()
    assert Photo.objects.exclude(rendered="").exists()


def test_a_photo_is_asked_for_once(picture, humas, humas_two):
    for by in (humas, humas_two):
        images.store(SimpleUploadedFile("x.jpg", picture()), by)
    assert DBTaskResult.objects.filter(queue_name="pictures").count() == 1


def test_the_chore_makes_up_for_what_was_missed_and_bears_a_broken_file(
    photo, picture, humas, caplog
):
    broken = images.store(SimpleUploadedFile("x.jpg", picture()), humas)
    default_storage.delete(broken.file.name)
    renditions.make_up()
    photo.refresh_from_db()
    assert photo.rendered == "", "its own task is under way"
    Photo.objects.update(uploaded_at=timezone.now() - 2 * renditions.PATIENCE)
    renditions.make_up()
    assert list(renditions.missing()) == [broken]
    assert broken.file.name in caplog.text


def test_a_deleted_photo_is_no_error(photo):
    Photo.objects.all().delete()
    renditions.render.func(photo.pk)
