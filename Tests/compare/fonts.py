"""Sets of fonts for a browser, so that what is seen does not depend on what a machine has installed."""
import pathlib
import subprocess
import sys

# Names of sets, and how the families in them begin. Without any font Chromium itself hangs.
SETS = {
    "DejaVu and Noto CJK": ("DejaVu Sans", "Noto Sans CJK"),
    "DejaVu alone": ("DejaVu Sans",),
    "Noto CJK alone": ("Noto Sans CJK",),
}


def installed():
    """The machine's font files with the families in them."""
    listed = subprocess.run(
        ["fc-list", "--format", "%{file}\t%{family}\n"], check=True, stdout=subprocess.PIPE, text=True)
    return [line.split("\t", 1) for line in listed.stdout.splitlines()]


def configurations(folder):
    """Yields a set's name and a configuration of fontconfig that knows its fonts and no other.

    Where fonts are not found by fontconfig (macOS) there is one set: those of the machine.
    """
    if sys.platform == "darwin":
        yield "the machine's fonts", None
        return
    files = installed()
    for number, (name, families) in enumerate(SETS.items()):
        place = pathlib.Path(folder) / f"fonts-{number}"
        place.mkdir()
        for family in families:
            found = {file for file, names in files if any(known.startswith(family) for known in names.split(","))}
            if not found:
                raise FileNotFoundError(f"the font {family} is not installed; run scripts/install-packages test")
            for file in found:
                (place / pathlib.Path(file).name).symlink_to(file)
        names = "".join(f"<family>{family}</family>" for family in ("DejaVu Sans", "Noto Sans CJK KR"))
        configuration = pathlib.Path(folder) / f"fonts-{number}.conf"
        configuration.write_text(
            '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
            f"  <dir>{place}</dir>\n  <cachedir>{place}/cache</cachedir>\n"
            f"  <alias><family>sans-serif</family><prefer>{names}</prefer></alias>\n"
            f"  <alias><family>system-ui</family><prefer>{names}</prefer></alias>\n</fontconfig>\n")
        yield name, configuration
