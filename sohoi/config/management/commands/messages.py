"""`sohoi manage messages`: keep the translations complete, with no system gettext."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sohoi.config import translations


class Command(BaseCommand):
    help = _("Kiểm tra hoặc cập nhật bản dịch của mọi câu trong mã nguồn và mẫu trang.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument(
            "--check", action="store_true", help=_("liệt kê chỗ thiếu; thiếu thì 1")
        )
        action.add_argument("--update", action="store_true", help=_("ghi câu mới vào tệp .po"))

    def handle(self, *, check, **options):
        source = translations.extracted()
        found = 0
        for language, _name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            catalog = translations.updated(language, source)
            if not check:
                translations.write(language, catalog)
                catalog.obsolete.clear()
            for problem, text in translations.problems(catalog):
                found += 1
                self.stdout.write(f"{language}: {problem}: {text}")
        if check and found:
            raise CommandError(
                _(
                    "%(count)s câu chưa có bản dịch đúng. “sohoi manage messages --update” "
                    "ghi câu mới vào tệp .po và bỏ câu thừa; hãy dịch rồi kiểm tra lại."
                )
                % {"count": found},
                returncode=1,
            )
