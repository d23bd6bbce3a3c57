"""Who may open which page of accounts, and the doors of signing in."""

from sohoi.kit.testing import Page


def access(cast) -> dict[str, Page]:
    hanh = {"pk": cast.hanh.pk}
    appointment = {"pk": cast.hanh.appointments.get().pk}
    return {
        "account_login": Page("open"),
        "account_logout": Page("*"),
        "account_change_password": Page("*"),
        "set_language": Page("open"),
        "accounts:tasks": Page("*"),
        "accounts:roles": Page("*"),
        "accounts:users": Page("quan"),
        "accounts:user_add": Page("quan"),
        "accounts:user": Page("quan", hanh),
        "accounts:user_correct": Page("quan", hanh),
        "accounts:user_reopen": Page("quan", hanh),
        "accounts:user_undo": Page("quan", hanh),
        "accounts:user_password": Page("quan", hanh),
        "accounts:appoint": Page("quan", hanh),
        "accounts:user_close": Page("quan", hanh),
        "accounts:appointment_end": Page("quan", appointment),
        "accounts:appointment_cancel": Page("quan", appointment),
    }
