import os
import secrets

from django.core.management.base import BaseCommand

from news.demo import loading, readings


class Command(BaseCommand):
    help = "Isi situs contoh: orang, naskah, dan ilustrasi. Aman diulang."

    def handle(self, *args, **options):
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12)
        people = loading.make_people(password)
        added = loading.load_articles(people)
        if added:
            readings.load()
        self.stdout.write(
            f"{added} naskah contoh dimuat, dengan hitungan baca rekaan."
            if added
            else "Naskah contoh sudah ada."
        )
        self.stdout.write("Orang contoh, semua dengan kata sandi " + password + ":")
        for user in people.values():
            self.stdout.write(f"  {user.username:<12} {user.name}, {user.office}")
