/// Makes foreign text safe to show on a terminal.
///
/// A model, a server or a file name may hold escape sequences that recolour the
/// screen, set the title, write the clipboard or make the terminal type answers
/// of its own. The filter decodes the bytes as UTF-8 (bad ones become U+FFFD) and
/// lets only text, line feeds and tabs through. CRLF and a lone CR become LF. Its
/// state is kept from one `write` to the next: the output does not depend on
/// where the input was cut.
package struct EscapeFilter: Sendable {
  /// What becomes of a line feed where text must stay on one line.
  package enum LineFeeds: Sendable {
    case keep
    /// Shown as the one-column sign U+2424.
    case symbol
    case space
  }

  /// What becomes of that which is not let through.
  package enum Mode: Sendable {
    /// Whole sequences vanish; `removed` counts them. For answers.
    case answer
    /// Each control shows, as `^[` or `<U+202E>`, and the rest of its sequence is
    /// plain text. For ids, names and errors.
    case visible(LineFeeds)
  }

  private enum State { case ground, escape, intermediate, csi, string, stringEscape }

  /// The longest sequence that is swallowed; then text shows again, so that one
  /// that never ends cannot hide the rest of an answer.
  private static let longestSequence = 4096

  /// How many sequences and lone control characters were taken out or made
  /// visible so far. Bad UTF-8 and line ends do not count.
  package private(set) var removed = 0
  private let isVisible: Bool
  private let lineFeeds: LineFeeds
  private var state = State.ground
  private var sequenceLength = 0
  private var afterCarriageReturn = false
  private var decoder = LossyDecoder()

  /// A filter at the beginning of a text.
  package init(_ mode: Mode) {
    switch mode {
    case .answer:
      isVisible = false
      lineFeeds = .keep
    case .visible(let lineFeeds):
      isVisible = true
      self.lineFeeds = lineFeeds
    }
  }

  /// Filters the next bytes and appends what may be shown; always whole characters.
  package mutating func write(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      if state == .ground, !decoder.isPending {
        if afterCarriageReturn {
          afterCarriageReturn = false
          if bytes[index] == 0x0a {
            index += 1
            continue
          }
        }
        let end = PlainRun.end(in: bytes, from: index, blanks: lineFeeds == .keep)
        if end > index {
          output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
          index = end
          continue
        }
      }
      take(bytes[index], to: &output)
      index += 1
    }
  }

  /// Filters the next bytes and appends what may be shown.
  package mutating func write(_ bytes: [UInt8], to output: inout [UInt8]) {
    bytes.withUnsafeBytes { write($0, to: &output) }
  }

  /// Ends the text: an incomplete character becomes U+FFFD, an open sequence is
  /// dropped. The filter may then be used for another text.
  package mutating func finish(to output: inout [UInt8]) {
    if decoder.reset() { step(LossyDecoder.replacement, to: &output) }
    state = .ground
    afterCarriageReturn = false
  }

  /// A whole text with everything unsafe shown in visible form.
  package static func visible(_ text: String, lineFeeds: LineFeeds = .symbol) -> String {
    var filter = EscapeFilter(.visible(lineFeeds))
    var output: [UInt8] = []
    filter.write(Array(text.utf8), to: &output)
    filter.finish(to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func take(_ byte: UInt8, to output: inout [UInt8]) {
    switch decoder.take(byte) {
    case .pending: break
    case .scalar(let value): step(value, to: &output)
    case .brokenBefore:
      step(LossyDecoder.replacement, to: &output)
      // The decoder is empty now, so this goes no deeper.
      take(byte, to: &output)
    }
  }

  private mutating func step(_ value: UInt32, to output: inout [UInt8]) {
    if state == .ground {
      ground(value, to: &output)
      return
    }
    // A line end closes whatever was open; CAN and SUB abort it.
    if value == 0x0a || value == 0x0d {
      state = .ground
      ground(value, to: &output)
      return
    }
    sequenceLength += value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
    if value == 0x18 || value == 0x1a || sequenceLength >= Self.longestSequence {
      state = .ground
      return
    }
    switch state {
    case .string: string(value)
    case .stringEscape:
      if value == 0x5c { state = .ground } else { escape(value, to: &output) }
    default:
      escape(value, to: &output)
    }
  }

  /// One code point inside OSC, DCS, SOS, PM or APC.
  private mutating func string(_ value: UInt32) {
    if value == 0x07 || value == 0x9c {
      state = .ground
    } else if value == 0x1b {
      state = .stringEscape
    }
  }

  /// One code point after ESC, inside its intermediate bytes, or inside CSI.
  private mutating func escape(_ value: UInt32, to output: inout [UInt8]) {
    if value == 0x1b {
      state = .escape
    } else if value >= 0x80 {
      // No sequence holds such a character: it was text all along.
      state = .ground
      ground(value, to: &output)
    } else if value < 0x20 || value == 0x7f {
      // A terminal would obey a control inside a sequence; here it vanishes.
    } else if state == .csi {
      if value >= 0x40 { state = .ground }
    } else if value < 0x30 {
      state = .intermediate
    } else if state == .intermediate {
      state = .ground
    } else {
      state = Self.introduced(by: value)
    }
  }

  /// What the final byte of a two-byte escape sequence opens.
  private static func introduced(by value: UInt32) -> State {
    switch value {
    case 0x5b: .csi
    case 0x50, 0x58, 0x5d, 0x5e, 0x5f: .string
    default: .ground
    }
  }

  private mutating func ground(_ value: UInt32, to output: inout [UInt8]) {
    switch value {
    case 0x0a, 0x0d:
      if value == 0x0a, afterCarriageReturn {
        afterCarriageReturn = false
        return
      }
      afterCarriageReturn = value == 0x0d
      lineFeed(to: &output)
    case 0x09:
      output.append(lineFeeds == .keep ? 0x09 : 0x20)
    case 0..<0x20, 0x7f..<0xa0:
      control(value, to: &output)
    default:
      if HiddenCharacter.contains(value) {
        removed += 1
        if isVisible { Self.appendCodePoint(value, to: &output) }
      } else {
        appendUTF8(value, to: &output)
      }
    }
  }

  private func lineFeed(to output: inout [UInt8]) {
    switch lineFeeds {
    case .keep: output.append(0x0a)
    case .symbol: appendUTF8(0x2424, to: &output)
    case .space: output.append(0x20)
    }
  }

  private mutating func control(_ value: UInt32, to output: inout [UInt8]) {
    removed += 1
    if isVisible {
      if value < 0x80 {
        output.append(0x5e)
        output.append(UInt8(truncatingIfNeeded: value ^ 0x40))
      } else {
        Self.appendCodePoint(value, to: &output)
      }
      return
    }
    sequenceLength = 0
    if value == 0x1b {
      state = .escape
    } else if value >= 0x80 {
      // A C1 control is ESC and the byte 0x40 below it.
      state = Self.introduced(by: value - 0x40)
    }
  }

  private static func appendCodePoint(_ value: UInt32, to output: inout [UInt8]) {
    let digits = String(value, radix: 16, uppercase: true)
    output.append(contentsOf: "<U+".utf8)
    for _ in digits.utf8.count..<max(4, digits.utf8.count) { output.append(0x30) }
    output.append(contentsOf: digits.utf8)
    output.append(0x3e)
  }
}
