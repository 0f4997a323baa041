"""Mail and other background work, for Pengelola: what waits, what failed, and again."""

from django.contrib import admin, messages
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import User
from accounts.roles import is_pengelola
from kpuweb.tasks import ATTEMPTS

NAMES = {
    "news.notifications.deliver": "Surat pemberitahuan",
    "news.reminders.deliver_reminder": "Surat pengingat",
    "news.renditions.render": "Ukuran foto",
}

# Their second argument is a person.
MAIL = {"news.notifications.deliver", "news.reminders.deliver_reminder"}

# The package's own page is in English, and only superusers could open it.
admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class BackgroundAdmin(admin.ModelAdmin):
    """Rows hold the numbers of people and acts, and no text of any article."""

    list_display = ["what", "to", "state", "tries", "next_at", "failure", "enqueued_at"]
    list_display_links = None
    list_filter = ["status"]
    ordering = ["-enqueued_at"]
    list_per_page = 50
    actions = ["try_again"]

    def _may(self, request):
        return is_pengelola(request.user) or request.user.is_superuser

    def get_model_perms(self, request):
        # The desk links here by an Indonesian name; the model has an English one.
        return {}

    def has_module_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        # The second argument of a mail's task is its recipient.
        people = User.objects.annotate(key=Cast("pk", CharField()))
        return (
            super()
            .get_queryset(request)
            .annotate(recipient_key=KT("args_kwargs__args__1"))
            .annotate(
                recipient=Subquery(
                    people.filter(key=OuterRef("recipient_key")).values("name")
                )
            )
        )

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {**(extra_context or {}), "title": "Surat dan tugas latar"}
        )

    @admin.display(description="apa")
    def what(self, task):
        return NAMES.get(task.task_path, task.task_path)

    @admin.display(description="kepada")
    def to(self, task):
        return task.recipient if task.task_path in MAIL else ""

    @admin.display(description="keadaan")
    def state(self, task):
        if task.status == TaskResultStatus.FAILED:
            return "gagal, tidak dicoba lagi" if self._is_given_up(task) else "gagal"
        if task.status == TaskResultStatus.READY:
            return "menunggu dicoba lagi" if task.worker_ids else "menunggu"
        return {
            TaskResultStatus.RUNNING: "sedang dikerjakan",
            TaskResultStatus.SUCCESSFUL: "selesai",
        }[task.status]

    @admin.display(description="percobaan")
    def tries(self, task):
        return f"{len(task.worker_ids)} dari {ATTEMPTS}"

    @admin.display(description="berikutnya")
    def next_at(self, task):
        waits = task.status == TaskResultStatus.READY
        return task.run_after if waits and task.run_after != get_date_max() else None

    @admin.display(description="sebab")
    def failure(self, task):
        return task.traceback.strip().rpartition("\n")[2][:200]

    @admin.action(description="Coba lagi sekarang yang gagal atau menunggu")
    def try_again(self, request, queryset):
        count = queryset.filter(
            status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY]
        ).update(status=TaskResultStatus.READY, run_after=timezone.now(), worker_ids=[])
        messages.success(request, f"{count} tugas akan dicoba lagi.")

    @staticmethod
    def _is_given_up(task):
        return len(task.worker_ids) >= ATTEMPTS
