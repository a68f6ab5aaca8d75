"""A headless Chromium, spoken to by the DevTools protocol over a pair of pipes."""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile

PROGRAMS = [
    "chromium", "chromium-browser", "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

PATIENCE = 120  # seconds for one answer of the browser, far more than any needs


class Browser:
    """Use as a context: it ends the browser and removes what it wrote.

    fonts: a configuration of fontconfig; without one the browser takes the machine's fonts.
    """

    def __init__(self, fonts=None):
        program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
        if program is None:
            raise FileNotFoundError("chromium is not installed; run scripts/install-packages test")
        self.folder = tempfile.mkdtemp(prefix="sheep-browser-")
        commands, self.writer = os.pipe()
        self.reader, answers = os.pipe()

        def place_pipes():
            # The protocol wants them at exactly these numbers; first out of each other's way.
            os.dup2(os.dup2(commands, 60), 3)
            os.dup2(os.dup2(answers, 61), 4)
            os.close(60)
            os.close(61)

        # Nothing of the user's: neither his settings, nor his language, nor his time zone.
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        if fonts:
            environment["FONTCONFIG_FILE"] = str(fonts)
        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", f"--user-data-dir={self.folder}",
                "--remote-debugging-pipe", "about:blank",
            ],
            env=environment, preexec_fn=place_pipes, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.last = 0
        self.buffer = b""
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.writer)
        os.close(self.reader)
        shutil.rmtree(self.folder, ignore_errors=True)

    # The protocol

    def message(self):
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], PATIENCE)[0]:
                raise RuntimeError(f"the browser said nothing for {PATIENCE} s")
            block = os.read(self.reader, 1 << 20)
            if not block:
                raise RuntimeError("the browser has ended")
            self.buffer += block
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, session=None, **parameters):
        self.last += 1
        request = {"id": self.last, "method": method, "params": parameters}
        if session:
            request["sessionId"] = session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.writer, data):]
        while True:
            message = self.message()
            if message.get("id") == self.last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def send(self, method, **parameters):
        return self.call(method, session=self.session, **parameters)

    # Pages

    def open(self, path, width, height=900, dark=False, media="screen"):
        """Loads a file and waits until it is laid out, on a screen or as it is printed."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send(
            "Emulation.setEmulatedMedia", media=media,
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.events = []
        self.send("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            message = self.message()
            if "method" in message:
                self.events.append(message)
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def evaluate(self, expression):
        """The value of a script's expression in the page."""
        result = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def requests(self):
        """Addresses that the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"] for event in self.events
            if event["method"] == "Network.requestWillBeSent"]

    def screenshot(self, path=None, top=0, height=None, width=None):
        """A picture of the page, as PNG bytes."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {
            "x": 0, "y": top, "width": width or size["width"],
            "height": min(height or size["height"], max(1, size["height"] - top)), "scale": 1}
        data = base64.b64decode(self.send(
            "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)["data"])
        if path:
            pathlib.Path(path).write_bytes(data)
        return data

    def print_to(self, path):
        """The page as it is printed, as PDF."""
        self.send("Emulation.setEmulatedMedia", media="print", features=[])
        data = base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"])
        pathlib.Path(path).write_bytes(data)
