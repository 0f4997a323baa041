import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import ROLES, is_humas, is_komisioner, is_newsroom, is_pengelola


def test_the_roles_exist_after_every_migrate(db):
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)


def test_a_superuser_has_no_role(superuser):
    assert not any(ask(superuser) for ask in (is_humas, is_komisioner, is_pengelola))


def test_someone_who_left_has_no_role(humas):
    assert is_newsroom(humas)
    left = User.objects.get(pk=humas.pk)
    left.is_active = False
    assert not is_newsroom(left)


def test_signing_in_and_out(client, humas):
    humas.set_password("rahasia-untuk-tes")
    humas.save()
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/akun/masuk/?next=%2Fadmin%2F"
    fields = {"username": "humas", "password": "salah", "next": "/admin/"}
    page = client.post("/akun/masuk/", fields).content.decode()
    assert "Belum dapat masuk" in page
    assert 'value="humas"' in page
    fields["password"] = "rahasia-untuk-tes"
    assert client.post("/akun/masuk/", fields)["Location"] == "/admin/"
    assert client.post("/akun/keluar/")["Location"] == "/akun/masuk/"
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("next_page", ["//evil.example/", "https://evil.example/"])
def test_signing_in_leads_to_no_other_site(next_page, client, humas):
    humas.set_password("rahasia-untuk-tes")
    humas.save()
    response = client.post(
        "/akun/masuk/",
        {"username": "humas", "password": "rahasia-untuk-tes", "next": next_page},
    )
    assert response["Location"] == "/admin/"


def test_the_archive_account_cannot_sign_in(client, archived):
    archived("Lama", "2022-01-28T05:00Z")
    account = User.objects.get(username="arsip-situs-lama")
    assert not account.is_active
    assert not account.has_usable_password()


def user_form(**fields):
    return {
        "username": "baru",
        "name": "Orang Baru",
        "office": "Staf Humas",
        "email": "baru@contoh.invalid",
        "usable_password": "true",
        "password1": "sandi-yang-panjang-9",
        "password2": "sandi-yang-panjang-9",
        **fields,
    }


def test_pengelola_makes_accounts_but_no_superuser(browser_of, pengelola):
    humas = Group.objects.get(name="Humas").pk
    response = browser_of(pengelola).post(
        "/admin/accounts/user/add/",
        user_form(groups=[humas], is_superuser="on", is_staff="on"),
    )
    assert response.status_code == 302
    user = User.objects.get(username="baru")
    assert is_humas(user)
    assert not user.is_superuser


def test_pengelola_cannot_also_write_or_approve(browser_of, pengelola):
    both = list(Group.objects.filter(name__in=["Pengelola", "Komisioner"]))
    response = browser_of(pengelola).post(
        "/admin/accounts/user/add/", user_form(groups=[group.pk for group in both])
    )
    assert "Pengelola tidak boleh sekaligus" in response.content.decode()
    assert not User.objects.filter(username="baru").exists()
