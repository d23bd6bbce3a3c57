"""Addresses of the reports."""

from django.urls import path

from sohoi.reports.views import documents, returns, rounds

app_name = "reports"
urlpatterns = [
    path("ky/", rounds.rounds, name="rounds"),
    path("ky/mo/", rounds.round_open, name="round_open"),
    path("ky/<uuid:pk>/", rounds.round_detail, name="round"),
    path("ky/<uuid:pk>/khoa/", rounds.round_close, name="round_close"),
    path("ky/<uuid:pk>/mo-lai/", rounds.round_reopen, name="round_reopen"),
    path("ky/<uuid:pk>/chap-nhan/", rounds.round_accept, name="round_accept"),
    path("phieu/<uuid:pk>/", returns.return_page, name="return"),
    path("phieu/<uuid:pk>/kiem-tra/", returns.return_check, name="return_check"),
    path("phieu/<uuid:pk>/chap-nhan/", returns.return_accept, name="return_accept"),
    path("phieu/<uuid:pk>/tra-lai/", returns.return_back, name="return_back"),
    path("phieu/theo-so-lieu/<uuid:pk>/", returns.statement, name="statement"),
    path("van-ban/", documents.document_home, name="documents"),
    path("van-ban/<slug:kind>/", documents.document, name="document"),
    path("van-ban/<slug:kind>/loi-van/", documents.narrative_edit, name="narrative"),
    path("van-ban/<slug:kind>/tep/<slug:form>/", documents.document_file, name="file"),
]
