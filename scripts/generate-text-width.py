#!/usr/bin/env python3
"""Writes the width tables of SheepTerminal and the data its tests check them with.

Needs PyPI `unicodedata2==17.0.0` (the Unicode Character Database of one fixed
version, whatever the interpreter's own is) and `wcwidth==0.7.0`, the second
opinion: where the two differ on an assigned character, the script fails unless
`expected` lists the difference with its reason.

Usage: python3 scripts/generate-text-width.py   (from the repository's root)
"""
import unicodedata2 as ucd
import wcwidth

TABLE = "Sources/SheepTerminal/TextWidth+Generated.swift"
DATA = "Tests/SheepTerminalTests/Golden/text-width.txt"

# Signs that are format characters by category, but print (they enclose digits).
PRINTING_FORMAT = {0x00AD, *range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891,
                   0x08E2, 0x110BD, 0x110CD}
# Letters that draw nothing: the Hangul fillers.
FILLERS = {0x3164, 0xFFA0}
SEQUENCES = [
    "a", "한", "글", "漢字", "かな", "カナ", "ｱ", "Ａ", "é", "e\u0301", "각", "\u1100\u1161\u11a8",
    "😀", "👍🏽", "👩‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "❤", "🇰🇷", "🇰🇷🇯🇵", "1️⃣", "#️⃣",
    "。", "…", "—", "Hello, 세계!", "naïve café", "का", "\u200b", "👩🏽‍🚀 ok",
]


def width(code):
    char = chr(code)
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or code in FILLERS:
        return 0
    if code in PRINTING_FORMAT:
        return 1
    wide = ucd.east_asian_width(char) in "WF"
    category = ucd.category(char)
    if category in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp") or (category == "Mc" and wide):
        return 0
    return 2 if wide else 1


def expected(code):
    # One half of a flag: alone it is narrow in terminals, the pair is two columns.
    # Spacing marks: wcwidth gives them no column alone, and one after a letter.
    return 0x1F1E6 <= code <= 0x1F1FF or ucd.category(chr(code)) == "Mc"


def ranges(codes):
    found = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def swift(name, doc, pairs):
    lines = [f"  /// {line}" for line in doc]
    lines.append(f"  static let {name}: [UInt32] = [")
    row = "   "
    for first, last in pairs:
        item = f" {first:#x}, {last:#x},"
        if len(row) + len(item) > 96:
            lines.append(row)
            row = "   "
        row += item
    return lines + [row, "  ]"]


def main():
    assert ucd.unidata_version == "17.0.0", ucd.unidata_version
    codes = [c for c in range(0x300, 0x110000) if not 0xD800 <= c < 0xE000]
    for code in codes:
        if ucd.category(chr(code)) == "Cn" or expected(code):
            continue
        if width(code) != wcwidth.wcwidth(chr(code)):
            raise SystemExit(f"U+{code:04X}: {width(code)}, wcwidth {wcwidth.wcwidth(chr(code))}")
    zero = ranges(c for c in codes if width(c) == 0)
    wide = ranges(c for c in codes if width(c) == 2)
    out = ["// Written by scripts/generate-text-width.py from Unicode 17.0.0; do not edit.", "",
           "extension TextWidth {"]
    out += swift("zeroRanges", ["First and last code points of the ranges that take no column,",
                                "ascending, from U+0300 on."], zero) + [""]
    out += swift("wideRanges", ["First and last code points of the ranges that take two columns",
                                "(East Asian Wide and Fullwidth), ascending."], wide)
    with open(TABLE, "w") as file:
        file.write("\n".join(out + ["}"]) + "\n")
    with open(DATA, "w") as file:
        # What wcwidth says of every assigned character: ranges of equal width.
        previous = None
        for code in range(0x20, 0x110000):
            surrogate = 0xD800 <= code < 0xE000
            skip = surrogate or ucd.category(chr(code)) == "Cn" or expected(code)
            value = None if skip else max(0, wcwidth.wcwidth(chr(code)))
            if value != previous:
                file.write(f"{code:x} {'-' if value is None else value}\n")
                previous = value
        for text in SEQUENCES:
            spelled = "+".join(f"{ord(c):x}" for c in text)
            file.write(f"= {spelled} {wcwidth.wcswidth(text)}\n")


main()
