"""The home page as a visitor gets it: compressed bytes of everything it loads, hosts asked, first byte when warm.

    python bench/home.py [--rounds 50]

Served by `qinqing web` from collected static files, opened once by Chromium with an empty cache; the bytes are those
of the bodies on the wire, pictures counted apart.
"""

import argparse
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit

import pairs
from create import start

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LIMIT = 80 * 1024


def first_bytes(port, rounds):
    """Milliseconds until the first byte of the page, over one connection kept alive."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        connection.request("GET", "/", headers={"Accept-Encoding": "gzip, br", "Host": f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        answer.read(1)
        taken.append(1000 * (time.perf_counter() - begun))
        answer.read()
    return taken


def loaded(port):
    """What Chromium fetched for the page: address, kind, bytes of the body on the wire."""
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        raise SystemExit("no browser: install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=LAUNCH)
        page, requests = browser.new_page(), []
        page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - it marks its handlers
        page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
        found = [(one.url, one.resource_type, one.sizes()["responseBodySize"]) for one in requests]
        browser.close()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=50)
    wanted = parser.parse_args()
    print(pairs.machine())
    with tempfile.TemporaryDirectory(prefix="qinqing-bench-") as home:
        environment = {"QINQING_HOME": home, "QINQING_STATIC": f"{home}/static"}
        qinqing = [sys.executable, "-m", "qinqing"]
        for command in (["migrate", "--verbosity", "0"], ["manage", "collectstatic", "--noinput", "--verbosity", "0"]):
            subprocess.run([*qinqing, *command], check=True, env=os.environ | environment, cwd=pairs.ROOT)
        (port,) = pairs.free_ports(1)
        server = start([*qinqing, "web", "--port", str(port)], **environment)
        try:
            pairs.wait_for(port)
            first_bytes(port, 5)  # warm
            taken, parts = first_bytes(port, wanted.rounds), loaded(port)
        finally:
            pairs.end([server])
    report(taken, parts)


def report(taken, parts):
    for url, kind, size in sorted(parts, key=lambda part: -part[2]):
        print(f"  {size:7,} bytes  {kind:10} {urlsplit(url).path}")
    without = sum(size for _, kind, size in parts if kind != "image")
    hosts = sorted({urlsplit(url).hostname for url, _, _ in parts if not url.startswith("data:")})
    print(f"{without:,} bytes compressed without pictures (limit {LIMIT:,}), "
          f"{sum(size for *_, size in parts):,} with them, in {len(parts)} requests; hosts: {', '.join(hosts)}")
    print(f"first byte, warm: p50 {pairs.p50(taken):.1f} ms, p95 {pairs.quantile(taken, .95):.1f} ms (limit 50 ms)")


if __name__ == "__main__":
    main()
