"""The production set as it is: the real nginx with its real configuration."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.conftest import needs

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
HOST = "berita.contoh.go.id"


@dataclass
class Front:
    """A site behind its nginx, and how a reader asks it."""

    folder: Path
    port: int
    plain_port: int
    server: subprocess.Popen | None = None

    def ask(self, path, method="GET", host=None, body=None, **headers):
        """Return status, headers and body; each time over a connection of its own."""
        context = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        client = HTTPSConnection("127.0.0.1", self.port, timeout=15, context=context)
        # The certificate is the host's, the address this machine's.
        raw = socket.create_connection(("127.0.0.1", self.port), 15)
        client.sock = context.wrap_socket(raw, server_hostname=HOST)
        with contextlib.closing(client):
            named = {"Host": host or f"{HOST}:{self.port}"}
            named |= {name.replace("_", "-"): text for name, text in headers.items()}
            client.request(method, path, body=body, headers=named)
            response = client.getresponse()
            return response.status, response.headers, response.read()

    def start(self, instance="a"):
        """Start the site as its unit does; return once it answers."""
        run = self.folder / "run"
        server = subprocess.Popen(  # noqa: S603 - our own server
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("kpuweb.wsgi:application", "--uds", str(run / f"{instance}.sock")),
                *("--uds-permissions", "511", "--workers", "1"),
                *("--blocking-threads", "8", "--respawn-failed-workers"),
                *("--workers-kill-timeout", "10", "--log-level", "error"),
            ],
            cwd=ROOT,
            env=os.environ | self.environment(),
        )
        for _ in range(200):
            if self.answers(run / f"{instance}.sock"):
                return server
            time.sleep(0.05)
        server.terminate()
        server.wait(20)
        return pytest.fail("granian tidak menjawab dalam 10 detik")

    @staticmethod
    def answers(path):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(path))
            client.sendall(f"GET /healthz/ HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
            # Plain http is sent on to https; that it answers at all is what counts.
            return client.recv(12).endswith(b" 301")
        return False

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(20)
            self.server = None

    def environment(self):
        base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        return {
            "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
            "SITE_ORIGIN": f"https://{HOST}:{self.port}",
            "ALLOWED_HOSTS": HOST,
            "EDGE_DIR": str(self.folder / "run"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
        }


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """Return the folder of the static files, collected and compressed once."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


@pytest.fixture
def front(transactional_db, settings, tmp_path_factory, collected):
    """Serve the test's own database behind nginx, both as in production."""
    needs("nginx")
    folder = Path(tmp_path_factory.mktemp("situs"))
    # nginx gives its workers to another user, who must get in.
    for parent in (folder, folder.parent, folder.parent.parent, collected):
        parent.chmod(0o755)
    for name in ("run", "cache", "log", "media", "acme", "snippets", "temp"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)
    shutil.copy(DEPLOY / "nginx" / "kpuweb-files.conf", folder / "snippets")
    certificate(folder)
    site = Front(folder, free_port(), free_port())
    for name, value in site.environment().items():
        if name in ("EDGE_DIR", "MEDIA_ROOT", "STATIC_ROOT", "SITE_ORIGIN"):
            setattr(settings, name, value)
    (folder / "static").symlink_to(collected)
    nginx = started(site)
    try:
        site.server = site.start()
        yield site
    finally:
        site.stop()
        nginx.terminate()
        nginx.wait(10)


def certificate(folder):
    subprocess.run(  # noqa: S603 - fixed words
        [
            *("/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-nodes"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", str(folder / "key.pem")),
            *("-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )


def rendered(site):
    values = {
        "HOST": HOST,
        "HTTP": f"127.0.0.1:{site.plain_port}",
        "HTTP6": "",
        "HTTPS": f"127.0.0.1:{site.port}",
        "HTTPS6": "",
        "PORT_SHOWN": f":{site.port}",
        "CERTIFICATE": site.folder / "certificate.pem",
        "CERTIFICATE_KEY": site.folder / "key.pem",
        "RUN_DIR": site.folder / "run",
        "CACHE_DIR": site.folder / "cache",
        "LOG_DIR": site.folder / "log",
        "STATIC_DIR": site.folder / "static",
        "MEDIA_PARENT": site.folder,
        "ACME_DIR": site.folder / "acme",
        "ERROR_DIR": DEPLOY / "nginx" / "errors",
        "SNIPPET_DIR": site.folder / "snippets",
    }
    return subprocess.run(  # noqa: S603 - our own script
        [
            str(DEPLOY / "render"),
            str(DEPLOY / "nginx" / "kpuweb.conf"),
            *(f"{name}={value}" for name, value in values.items()),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def started(site):
    folder = site.folder
    (folder / "site.conf").write_text(rendered(site))
    temporary = "\n".join(
        f"    {name}_temp_path {folder}/temp/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # What Debian's own nginx.conf says around a site's file.
    (folder / "nginx.conf").write_text(f"""
        user root;
        worker_processes 2;
        pid {folder}/nginx.pid;
        error_log {folder}/log/start.log emerg;
        daemon off;
        events {{ worker_connections 768; }}
        http {{
            sendfile on;
            tcp_nopush on;
            include /etc/nginx/mime.types;
            default_type application/octet-stream;
        {temporary}
            include {folder}/site.conf;
        }}
    """)
    with (folder / "nginx.out").open("w") as said:
        nginx = subprocess.Popen(  # noqa: S603 - fixed words
            [
                shutil.which("nginx"),
                "-c",
                str(folder / "nginx.conf"),
                "-p",
                str(folder),
            ],
            stderr=said,
        )
    for _ in range(100):
        if nginx.poll() is not None:
            pytest.fail((folder / "nginx.out").read_text())
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", site.port), 1).close()
            return nginx
        time.sleep(0.05)
    return pytest.fail("nginx tidak menjawab dalam 5 detik")
