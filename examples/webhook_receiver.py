"""Receive webhooks: verify each delivery, print what it says.

    VIDEOGEN_WEBHOOK_SECRET="whsec_new whsec_old" python examples/webhook_receiver.py 8080

Several secrets, separated by spaces, let one be replaced without losing a delivery. VideoGen sends to HTTPS addresses
alone: put this behind a proxy that has a certificate. A 2xx answer within 15 s means received; do slow work afterwards.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from videogen_agents.errors import VideoError
from videogen_agents.webhooks import MAX_BODY_BYTES, MemorySeenIds, RepeatedDeliveryError, verify_webhook

SECRETS = os.environ.get("VIDEOGEN_WEBHOOK_SECRET", "").split()
SEEN = MemorySeenIds()


class Receiver(BaseHTTPRequestHandler):
    timeout = 15

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            self.answer(413)
            return
        body = self.rfile.read(int(length))
        try:
            payload = verify_webhook(body, dict(self.headers.items()), SECRETS, seen=SEEN)
        except RepeatedDeliveryError:
            self.answer(204)
        except VideoError as error:
            self.answer(204 if error.code == "unknown_webhook_event" else error.status)
        else:
            # In the process that waits for jobs, also: inbox.deliver(payload)
            print(payload.event.value, payload.model_dump_json(by_alias=True), flush=True)
            self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing: a log line for each request says no more than what is printed."""


if __name__ == "__main__":
    if not SECRETS:
        sys.exit("Set VIDEOGEN_WEBHOOK_SECRET to the signingSecret of your endpoint.")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8080), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
