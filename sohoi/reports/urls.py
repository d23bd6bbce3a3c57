"""Addresses of the reports."""

from django.urls import path

from sohoi.reports.views import documents, judging, returns, rounds, undoing

app_name = "reports"
urlpatterns = [
    path("ky/", rounds.rounds, name="rounds"),
    path("ky/mo/", rounds.round_open, name="round_open"),
    path("ky/<uuid:pk>/", rounds.round_detail, name="round"),
    path("ky/<uuid:pk>/sua/", rounds.round_change, name="round_change"),
    path("ky/<uuid:pk>/khoa/", rounds.round_close, name="round_close"),
    path("ky/<uuid:pk>/mo-lai/", rounds.round_reopen, name="round_reopen"),
    path("ky/<uuid:pk>/chap-nhan/", rounds.round_accept, name="round_accept"),
    path("ky/<uuid:pk>/hoan-tac/", undoing.round_undo, name="round_undo"),
    path("ky/<uuid:pk>/chap-nhan/hoan-tac/", undoing.accepting_undo, name="accepting_undo"),
    path("phieu/<uuid:pk>/", returns.return_page, name="return"),
    path("phieu/<uuid:pk>/kiem-tra/", judging.return_check, name="return_check"),
    path("phieu/<uuid:pk>/chap-nhan/", judging.return_accept, name="return_accept"),
    path("phieu/<uuid:pk>/tra-lai/", judging.return_back, name="return_back"),
    path("phieu/<uuid:pk>/thu-lai/", judging.return_take_back, name="return_take_back"),
    path("phieu/<uuid:pk>/ly-do/", judging.return_reason, name="return_reason"),
    path("phieu/<uuid:pk>/hoan-tac/", undoing.return_undo, name="return_undo"),
    path("phieu/theo-so-lieu/<uuid:pk>/", judging.statement, name="statement"),
    path("van-ban/", documents.document_home, name="documents"),
    path("van-ban/<slug:kind>/", documents.document, name="document"),
    path("van-ban/<slug:kind>/loi-van/", documents.narrative_edit, name="narrative"),
    path("loi-van/<uuid:pk>/hoan-tac/", undoing.narrative_undo, name="narrative_undo"),
    path("van-ban/<slug:kind>/tep/<slug:form>/", documents.document_file, name="file"),
    path("tep-phat-hanh/<uuid:pk>/", documents.issued_file, name="issued_file"),
]
