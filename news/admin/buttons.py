"""The verbs as a person meets them: what a button says, asks, and why it is refused."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from news import approval
from news.models.article import Release, State, Verb
from news.models.shown import moment_text
from news.workflow import ANY, RULES, actions

# What a person reads on the button, where the verb's own name says too little.
LABELS = {
    Verb.SUBMIT: "Ajukan ke komisioner",
    Verb.RECALL: "Tarik kembali untuk diperbaiki",
    Verb.RETURN: "Kembalikan kepada penulis",
    Verb.APPROVE: "Setujui",
    Verb.PUBLISH: "Terbitkan sekarang",
    Verb.RELEASE: "Siarkan darurat, tanpa menunggu",
    Verb.COUNTERSIGN: "Sahkan siaran darurat ini",
    Verb.REVISE: "Sunting naskah",
    Verb.DISCARD: "Buang draf ini",
    Verb.UNSCHEDULE: "Batalkan jadwal terbit",
    Verb.WITHDRAW: "Tarik dari publik",
    Verb.RESTORE: "Pulihkan lewat persetujuan",
    Verb.ERASE: "Hapus isinya selamanya",
}
DONE = {
    Verb.SUBMIT: "Naskah diajukan. Komisioner kini dapat membacanya.",
    Verb.RECALL: "Naskah kembali menjadi draf dan dapat diubah.",
    Verb.RETURN: "Naskah dikembalikan kepada penulisnya dengan catatan Anda.",
    Verb.APPROVE: "Persetujuan Anda tercatat.",
    Verb.PUBLISH: "Naskah terbit.",
    Verb.RELEASE: "Naskah tayang sebagai siaran darurat. Semua komisioner diberi tahu.",
    Verb.COUNTERSIGN: "Pengesahan Anda tercatat.",
    Verb.REVISE: "Naskah dapat disunting. Publik tetap membaca yang tayang.",
    Verb.DISCARD: "Draf dibuang.",
    Verb.UNSCHEDULE: "Jadwal dibatalkan. Naskah kembali menjadi draf.",
    Verb.WITHDRAW: "Naskah ditarik; publik kini membaca alasannya.",
    Verb.RESTORE: "Naskah menjadi draf; ajukan agar tayang lagi.",
    Verb.ERASE: "Isi naskah dihapus dari semua versinya.",
}
NOTE_LABELS = {
    Verb.RETURN: "Apa yang perlu diperbaiki",
    Verb.RELEASE: "Mengapa tidak dapat menunggu (catatan dalam)",
    Verb.WITHDRAW: "Alasan, dibaca publik",
    Verb.ERASE: "Alasan, dibaca publik",
}
CONFIRMATIONS = {
    Verb.RELEASE: "Publik akan membaca “Siaran darurat, menunggu persetujuan”.",
    Verb.DISCARD: "Ya, buang; yang sudah tayang tidak berubah.",
    Verb.ERASE: "Ya, hapus teks dan fotonya; ini tidak dapat dibatalkan.",
}
# Offered first, filled: what one comes to this page to do.
PRIMARY = {
    *(Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH, Verb.COUNTERSIGN, Verb.REVISE),
}

REASONS = [
    ("angka", "Angka"),
    ("nama", "Nama"),
    ("tanggal", "Tanggal"),
    ("foto", "Foto"),
    ("bahasa", "Bahasa"),
]


# Nobody plans outside these, and the calendar's ends cannot be told in every zone.
OUT_OF_BOUNDS = "Tahunnya di luar jangkauan. Pilih tahun 2000 sampai 2100."
BOUNDS = [
    MinValueValidator(datetime(2000, 1, 1, tzinfo=UTC), OUT_OF_BOUNDS),
    MaxValueValidator(datetime(2101, 1, 1, tzinfo=UTC), OUT_OF_BOUNDS),
]


@dataclass(frozen=True)
class Button:
    """A verb on the page; `refusal` says why it cannot be pressed, when it cannot.

    `digest` and `seen_round` are of the text that the verb speaks of.
    """

    verb: Verb
    digest: str
    seen_round: int
    label: str
    hint: str
    refusal: str | None
    in_its_state: bool

    @property
    def primary(self):
        return self.verb in PRIMARY

    @property
    def asks_note(self):
        return bool(RULES[self.verb].note_says)

    @property
    def note_label(self):
        return NOTE_LABELS.get(self.verb, "Catatan")

    @property
    def asks_reasons(self):
        return self.verb == Verb.RETURN

    @property
    def asks_release(self):
        return self.verb == Verb.SUBMIT

    @property
    def confirmation(self):
        return CONFIRMATIONS.get(self.verb, "")


def buttons(article, by, revision, public):
    """Return a person's buttons, in the order in which the page shows them."""
    found = [
        Button(
            verb=verb,
            **spoken_of(verb, article, revision, public),
            label=label_of(verb, article),
            hint=hint_of(verb, article),
            refusal=refused,
            # A verb that looks at the public text alone has no state that it waits for.
            in_its_state=RULES[verb].sources != ANY
            and State(article.state) in RULES[verb].sources,
        )
        for verb, refused in actions(article, by)
    ]
    return sorted(found, key=lambda one: (one.refusal is not None, not one.primary))


def spoken_of(verb, article, revision, public):
    """Return the text that a verb is about: the public one where it countersigns."""
    if verb == Verb.COUNTERSIGN and public:
        return {"digest": public.revision.digest, "seen_round": public.round}
    digest = revision.digest if revision else ""
    return {"digest": digest, "seen_round": article.round}


def approvals_missing(article):
    """Return how many more approvals a text needs, the next one not yet counted."""
    revision = article.latest_revision
    if revision is None:
        return settings.APPROVAL_QUORUM
    given = approval.valid_approvals(article, article.round, revision.digest).count()
    return settings.APPROVAL_QUORUM - given


def label_of(verb, article):
    at_once = article.release == Release.ON_APPROVAL
    if verb == Verb.APPROVE and at_once and approvals_missing(article) == 1:
        return "Setujui dan terbitkan"
    return LABELS[verb]


def hint_of(verb, article):
    """Return what pressing the button does, and when."""
    if verb != Verb.APPROVE or article.state != State.SUBMITTED:
        return ""
    missing = approvals_missing(article)
    if missing > 1:
        return f"Sesudah Anda, masih perlu {missing - 1} komisioner lagi."
    if article.release == Release.BY_AUTHOR:
        return "Sesudah disetujui, penulis yang menerbitkannya."
    if article.release == Release.AT_TIME and article.publish_at > timezone.now():
        return f"Terbit {moment_text(article.publish_at)}."
    return "Terbit begitu tombol ini ditekan."


class ActionForm(forms.Form):
    """One press of a button: the verb, and what the verb asks for."""

    verb = forms.ChoiceField(
        choices=LABELS.items(),
        error_messages={
            "required": "Pilih tindakannya.",
            "invalid_choice": "Tindakan itu tidak dikenal. Muat ulang halaman ini.",
        },
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        error_messages={"max_length": "Catatan paling panjang 2.000 huruf."},
    )
    reasons = forms.MultipleChoiceField(
        choices=REASONS,
        required=False,
        error_messages={"invalid_choice": "Alasan itu tidak dikenal."},
    )
    digest = forms.CharField(required=False, max_length=64)
    seen_round = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    release = forms.ChoiceField(
        choices=Release,
        required=False,
        error_messages={"invalid_choice": "Pilih kapan naskah terbit."},
    )
    publish_at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=BOUNDS,
        error_messages={
            "invalid": "Waktu terbit belum benar. Tulis seperti 2026-11-25 09:00."
        },
    )

    def clean_release(self):
        return self.cleaned_data["release"] or Release.ON_APPROVAL

    def asks(self):
        """Return the verb's keyword arguments; chosen reasons stand before the note."""
        asked = {**self.cleaned_data}
        del asked["verb"]
        names = dict(REASONS)
        chosen = ", ".join(names[reason] for reason in asked.pop("reasons"))
        asked["note"] = ": ".join(filter(None, [chosen, asked["note"]]))
        return asked
