from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person of the office, with the name and the office that a byline prints."""

    first_name = None
    last_name = None
    name = models.CharField("nama", max_length=150)
    office = models.CharField(
        "jabatan",
        max_length=150,
        blank=True,
        help_text="Dicetak di bawah nama, misalnya “Kasubag Teknis dan Hupmas”.",
    )

    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
