import pytest
from django.test import RequestFactory

from kpuweb.clients import address_of


def asked(remote, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


def test_the_proxy_says_who_asked():
    assert address_of(asked("127.0.0.1", x_real_ip="203.0.113.7")) == "203.0.113.7"
    assert address_of(asked("", x_real_ip="2001:DB8::1")) == "2001:db8::1"


def test_anyone_else_speaks_for_themselves():
    request = asked("198.51.100.4", x_real_ip="203.0.113.7", x_forwarded_for="1.2.3.4")
    assert address_of(request) == "198.51.100.4"


@pytest.mark.parametrize("told", ["", "bukan alamat", "1.2.3.4, 5.6.7.8", "<script>"])
def test_what_is_no_address_is_not_believed(told):
    assert address_of(asked("127.0.0.1", x_real_ip=told)) == "127.0.0.1"
