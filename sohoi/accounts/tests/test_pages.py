"""Signing in, the task list, and looking after accounts."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from conftest import PASSWORD
from sohoi.accounts.actions import appoint
from sohoi.accounts.models import Appointment, User
from sohoi.kit.refusals import Refused

LOGIN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def enter(client, login: str, password: str = PASSWORD, **query):
    return client.post(LOGIN, {"login": login, "password": password, **query})


def test_she_signs_in_whatever_the_case_and_lands_on_her_tasks(cast, client):
    answer = enter(client, "Hanh")
    assert (answer.status_code, answer.url) == (302, "/")
    page = client.get("/").content.decode()
    assert "Nguyễn Thị Hạnh" in page
    assert "Xã Tân Đức" in page


def test_a_wrong_password_is_told_plainly_and_the_name_stays_typed(cast, client):
    page = enter(client, "hanh", "sai mật khẩu").content.decode()
    assert 'value="hanh"' in page
    assert "error-summary" in page


def test_an_unknown_name_is_answered_like_a_wrong_password(cast, client):
    def told(login: str) -> str:
        page = enter(client, login, "sai mật khẩu").content.decode().replace(login, "")
        return page[page.index("error-summary") :].split("</div>")[0]

    assert told("hanh") == told("khong.co")


def test_guessing_is_stopped(cast, client):
    for _ in range(5):
        enter(client, "hanh", "sai mật khẩu")
    answer = enter(client, "hanh")
    assert answer.status_code in (200, 429)
    assert client.get("/").status_code == 302


def test_a_closed_account_cannot_sign_in(cast, client):
    User.objects.filter(pk=cast.hanh.pk).update(is_active=False)
    page = client.get(enter(client, "hanh").url).content.decode()
    assert "Tài khoản này đã đóng" in page
    assert client.get("/").status_code == 302


def test_she_is_not_sent_to_another_host(cast, client):
    assert enter(client, "hanh", next="https://evil.example/").url == "/"


def test_nobody_registers_herself(client, db):
    for path in ("/signup/", "/accounts/signup/", "/dang-ky/"):
        assert client.get(path).status_code == 404


def test_the_language_is_vietnamese_until_she_chooses(cast, sign_in):
    client = sign_in(cast.hanh)
    page = client.get("/", headers={"Accept-Language": "en-US"}).content.decode()
    assert '<html lang="vi">' in page
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_a_person_without_a_role_is_told_so_and_sees_nothing(cast, sign_in):
    Appointment.objects.filter(user=cast.hanh).delete()
    page = sign_in(cast.hanh).get("/")
    assert page.status_code == 200
    assert "Chưa có vai trò" in page.content.decode()


def test_the_administrator_adds_appoints_and_closes(cast, sign_in):
    client = sign_in(cast.quan)
    page = client.post(
        "/tai-khoan/moi/", {"full_name": "Lâm Thị Sen", "username": "Sen"}, follow=True
    ).content.decode()
    user = User.objects.get(username="sen")
    password = page.split("Mật khẩu dùng lần đầu")[1].split("<strong>")[1].split("</strong>")[0]
    assert user.check_password(password)
    url = reverse("accounts:user", args=[user.pk])
    assert password not in client.get(url).content.decode()
    why = {"reason": "Thôi làm việc."}
    typed = {"role": "branch_head", "unit": cast.units.hamlet.pk, "valid_from": "1/2/2023"}
    told = client.post(f"{url}vai-tro/", typed).content.decode()
    assert "Lâm Thị Sen sẽ là Chi hội trưởng tại Chi hội ấp Tân Hoà (Chi hội, thuộc" in told
    assert not user.appointments.exists()
    client.post(f"{url}vai-tro/", typed | {"agreed": "1"})
    assert user.appointments.get().unit_id == cast.units.hamlet.pk
    client.post(reverse("accounts:appointment_end", args=[user.appointments.get().pk]), why)
    assert not User.objects.get(pk=user.pk).may("figures.view")
    client.post(f"{url}dong/", why)
    assert not User.objects.get(pk=user.pk).is_active


def test_a_unit_of_another_province_is_not_his_to_give(cast, sign_in):
    url = reverse("accounts:appoint", args=[cast.hanh.pk])
    for unit in ("31900", cast.units.other_commune.pk):
        typed = {"role": "commune_officer", "unit": unit, "valid_from": "1/2/2023", "agreed": "1"}
        answer = sign_in(cast.quan).post(url, typed)
        assert answer.status_code == 422
        assert "unit" in answer.context["form"].errors
    assert not cast.hanh.appointments.filter(unit=cast.units.other_commune).exists()


def test_what_an_appointment_means_is_told_before_it_is_given(cast, sign_in):
    url = reverse("accounts:appoint", args=[cast.la.pk])
    typed = {"role": "province_officer", "unit": cast.units.province.pk, "valid_from": "1/2/2023"}
    client = sign_in(cast.quan)
    told = client.post(url, typed).content.decode()
    assert (
        "Lê Thị Lá sẽ là Cán bộ Hội cấp tỉnh tại Tỉnh Cà Mau (Cấp tỉnh, thuộc Trung ương Hội)"
        in told
    )
    assert "gồm 2 đơn vị cấp huyện, 3 đơn vị cấp xã, 2 chi hội." in told
    assert "Xem và sửa hồ sơ toàn tỉnh" in told
    again = client.post(url, typed | {"change": "1"})
    assert (again.status_code, cast.la.appointments.count()) == (200, 1)
    assert 'name="role"' in again.content.decode()


def test_a_role_is_given_on_units_of_its_tier_alone(cast, sign_in):
    """An officer of a commune was appointed to the whole province by typing 96."""
    url = reverse("accounts:appoint", args=[cast.lan.pk])
    typed = {"role": "commune_officer", "unit": cast.units.province.pk, "valid_from": "1/2/2023"}
    answer = sign_in(cast.quan).post(url, typed | {"agreed": "1"})
    assert answer.status_code == 422
    assert "ở Tỉnh Cà Mau (Cấp tỉnh)" in answer.context["form"].errors["unit"][0]
    with pytest.raises(Refused, match="Chọn đơn vị đúng cấp"):
        appoint(
            user=cast.lan,
            role="commune_officer",
            unit=cast.units.province,
            valid_from=date(2023, 2, 1),
            by=cast.quan,
        )
    assert not cast.lan.may("homes.view", cast.units.province.pk)


def test_accounts_of_another_province_are_not_there(cast, sign_in):
    client = sign_in(cast.quan)
    assert "xuan" not in client.get("/tai-khoan/").content.decode()
    assert client.get(reverse("accounts:user", args=[cast.xuan.pk])).status_code == 404


def test_accounts_are_found_without_accents(cast, sign_in):
    page = sign_in(cast.quan).post("/tai-khoan/", {"q": "thu pham"}, follow=True).content.decode()
    assert "Phạm Thị Thu" in page
    assert "Võ Thị Mai" not in page


def test_accounts_stand_in_the_order_of_given_names(cast, sign_in):
    page = sign_in(cast.quan).get("/tai-khoan/").content.decode()
    names = re.findall(r'<a href="/tai-khoan/[0-9a-f-]+/">([^<]+)</a>', page)
    assert names == [
        "Nguyễn Thị Hạnh",
        "Lê Thị Lá",
        "Trần Thị Lan",
        "Võ Thị Mai",
        "Đỗ Văn Quân",
        "Phạm Thị Thu",
    ]
    assert "Cán bộ Hội cấp xã · Xã Tân Đức" in page


def test_the_keys_of_a_name_follow_it(cast):
    cast.hanh.full_name = "Đặng Thị Ánh"
    cast.hanh.save(update_fields=["full_name"])
    assert User.objects.filter(search_key__begun="'anh':* & 'dang':*").get() == cast.hanh
    assert User.objects.order_by("sort_key").first() == cast.hanh


def test_a_new_password_is_asked_for_in_vietnamese_and_each_fault_is_said(cast, sign_in):
    client, url = sign_in(cast.lan), reverse("account_change_password")
    page = client.get(url).content.decode()
    assert "Mật khẩu hiện tại" in page
    assert "Nhập lại mật khẩu mới" in page
    assert "Password" not in page
    typed = {"oldpassword": "sai", "password1": "ruong-lua-xanh", "password2": "ruong-lua-do"}
    answer = client.post(url, typed).content.decode()
    assert "Mật khẩu hiện tại chưa đúng." in answer
    assert "Hai lần nhập mật khẩu mới chưa giống nhau." in answer
    client.post(url, typed | {"oldpassword": PASSWORD, "password2": "ruong-lua-xanh"})
    cast.lan.refresh_from_db()
    assert cast.lan.check_password("ruong-lua-xanh")
