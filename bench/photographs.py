"""Pictures as heavy as a phone's: drawn by us, so that none has to be kept here."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter


def photograph(seed: int, width: int = 4000, height: int = 3000) -> bytes:
    """Return a JPEG with the detail of a photograph of people in a room, about 4 MB.

    Large shapes in a few colours, texture in several sizes, and a sensor's grain: what
    a codec finds hard is there, and each seed gives the same picture everywhere.
    """
    chance = random.Random(seed)  # noqa: S311 - a drawing, no secret
    small = (width // 4, height // 4)
    scene = Image.new("RGB", small, shade(chance))
    draw = ImageDraw.Draw(scene)
    for _ in range(160):
        x, y = chance.randrange(small[0]), chance.randrange(small[1])
        size = chance.randrange(10, small[0] // 5)
        shape = chance.choice((draw.ellipse, draw.rectangle))
        shape((x, y, x + size, y + int(size * chance.uniform(0.5, 2))), shade(chance))
    scene = scene.filter(ImageFilter.GaussianBlur(2)).resize((width, height))
    for scale, strength in ((16, 0.10), (4, 0.10), (1, 0.06)):
        grain = texture(chance, (width // scale, height // scale)).resize(scene.size)
        scene = Image.blend(scene, Image.merge("RGB", [grain] * 3), strength)
    output = io.BytesIO()
    scene.save(output, "JPEG", quality=90)
    return output.getvalue()


def shade(chance: random.Random) -> tuple[int, int, int]:
    return tuple(chance.randrange(30, 230) for _ in range(3))


def texture(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """Return grey noise: a tile of it, laid over the whole at random places."""
    tile = Image.frombytes("L", (509, 509), chance.randbytes(509 * 509))
    noise = Image.new("L", size)
    for left in range(0, size[0], 509):
        for top in range(0, size[1], 509):
            turned = tile.transpose(chance.choice(list(Image.Transpose)))
            noise.paste(turned, (left, top))
    return noise
