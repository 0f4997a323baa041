"""A real SMTP server in a thread, for tests that mail, in this process or not."""

import asyncio
import contextlib
import email
import email.policy
import socket
import threading

from aiosmtpd.controller import Controller


class MailServer:
    """Keeps what it accepts in `messages`; can be stopped, started and held up."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.messages = []
        self.held = None  # the command at which clients are to wait for an answer
        self.reached = threading.Event()
        self.freed = asyncio.Event()
        self.controller = None

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def mailers(self):
        return {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": self.port, "timeout": 5},
            }
        }

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def let_go(self):
        """Answer those that wait, and no longer hold anybody up."""
        self.held = None
        self.controller.loop.call_soon_threadsafe(self.freed.set)

    def to(self, user):
        return [each for each in self.messages if each["To"] == user.email]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        await self._hold("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.messages.append(
            email.message_from_bytes(envelope.content, policy=email.policy.default)
        )
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        await self._hold("QUIT")
        return "221 Bye"

    async def _hold(self, command):
        if self.held == command:
            self.reached.set()
            await self.freed.wait()


@contextlib.contextmanager
def running():
    server = MailServer()
    server.start()
    yield server
    server.stop()
