"""nginx as a TLS front for the load server, trusted as a public server would be.

The test authority is added to a copy of the system's certificates: to the
hashed folder and to the single file, so that sheep and curl each search as
many certificates as they would for a public name.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time

import harness

SYSTEM_FOLDER = "/etc/ssl/certs"
SYSTEM_FILE = "/etc/ssl/certs/ca-certificates.crt"

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {work}/server.pem;
    ssl_certificate_key {work}/server.key;
    location / {{
      proxy_pass http://127.0.0.1:{upstream};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }}
  }}
}}
"""


def openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise harness.Problem(f"openssl {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def make_certificates(work):
    """An authority, and a certificate from it for the address 127.0.0.1."""
    key, authority = f"{work}/authority.key", f"{work}/authority.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(
        "req", "-x509", *curve, "-days", "30", "-subj", "/CN=sheep bench authority",
        "-keyout", key, "-out", authority,
    )
    openssl(
        "req", *curve, "-subj", "/CN=127.0.0.1",
        "-keyout", f"{work}/server.key", "-out", f"{work}/server.csr",
    )
    with open(f"{work}/server.ext", "w", encoding="ascii") as file:
        file.write("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl(
        "x509", "-req", "-in", f"{work}/server.csr", "-CA", authority, "-CAkey", key,
        "-CAcreateserial", "-days", "30", "-extfile", f"{work}/server.ext",
        "-out", f"{work}/server.pem",
    )
    return authority


def make_trust(work, authority):
    """The system's certificates and the authority's, as a hashed folder and as one file."""
    if not (os.path.isdir(SYSTEM_FOLDER) and os.path.exists(SYSTEM_FILE)):
        raise harness.Problem(f"{SYSTEM_FOLDER}: not found; run: scripts/install-packages run")
    folder, file = f"{work}/certs", f"{work}/certs.pem"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for entry in os.scandir(SYSTEM_FOLDER):
        if entry.name.rsplit(".", 1)[-1].isdigit():
            os.symlink(os.path.realpath(entry.path), f"{folder}/{entry.name}")
    name = openssl("x509", "-noout", "-hash", "-in", authority)
    number = 0
    while os.path.lexists(f"{folder}/{name}.{number}"):
        number += 1
    os.symlink(authority, f"{folder}/{name}.{number}")
    with open(file, "wb") as whole:
        for part in (SYSTEM_FILE, authority):
            with open(part, "rb") as source:
                shutil.copyfileobj(source, whole)
    return folder, file


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def tls_front(upstream):
    """Gives (port, hashed folder, single file); ends nginx on every way out."""
    work = os.path.join(harness.WORK, "tls")
    os.makedirs(work, exist_ok=True)
    folder, file = make_trust(work, make_certificates(work))
    port = free_port()
    with open(f"{work}/nginx.conf", "w", encoding="utf-8") as text:
        text.write(CONFIGURATION.format(work=work, port=port, upstream=upstream))
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not program:
        raise harness.Problem("nginx: not found; run: scripts/install-packages bench")
    front = subprocess.Popen(
        [program, "-p", work, "-e", f"{work}/error.log", "-c", f"{work}/nginx.conf"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if front.poll() is not None:
                raise harness.Problem(f"nginx: did not start; see {work}/error.log")
            time.sleep(0.05)
        else:
            raise harness.Problem("nginx: did not listen within 5 s")
        yield port, folder, file
    finally:
        front.terminate()
        try:
            front.wait(5)
        except subprocess.TimeoutExpired:
            front.kill()
            front.wait()
