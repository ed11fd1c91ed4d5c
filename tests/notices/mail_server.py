"""A mail server as small as the protocol allows: it takes what it is given, or says no."""

import socketserver
import threading
from contextlib import contextmanager


class Mailbox:
    """What came in; `refuses` names the command that is answered with 550."""

    def __init__(self):
        self.letters, self.refuses, self.url = [], "", ""


@contextmanager
def mail_server():
    """Listening on this machine."""
    mailbox = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.answer("220 test")
            while line := self.rfile.readline():
                command = line.decode().split(" ")[0].strip().upper()
                if command == mailbox.refuses:
                    self.answer("550 no")
                elif command == "DATA":
                    self.answer("354 go on")
                    self.take()
                else:
                    self.answer("221 bye" if command == "QUIT" else "250 ok")

        def take(self):
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            mailbox.letters.append(b"".join(lines))
            self.answer("250 taken")

        def answer(self, text):
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        mailbox.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
