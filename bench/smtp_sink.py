"""A mail server on loopback that takes every mail and keeps none."""

import socketserver


class Taker(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self.say("354 go on")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
            self.say("221 bye" if command == b"QUIT" else "250 sink")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True



def serve(port):
    Sink(("127.0.0.1", port), Taker).serve_forever()
