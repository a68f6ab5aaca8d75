/// The bytes that a terminal sends, as keys and pastes, in their order; kept until they are asked
/// for, however many there are.
///
/// A paste is what stands between `ESC [200~` and `ESC [201~` (xterm's bracketed paste, read
/// 2025 in its control sequences, "Bracketed Paste Mode"). It arrives in pieces and is handed
/// out whole.
package struct KeyInput {
  /// What is handed out.
  package enum Token: Equatable, Sendable {
    /// One byte of a key, or the bytes of one character.
    case key([UInt8])
    /// A whole paste, byte for byte.
    case paste([UInt8])
  }

  /// Where the terminal stood when the bytes came.
  package enum Origin: Sendable {
    /// A line was edited.
    case prompt
    /// An answer streamed: a line feed means to submit, as a carriage return does, and the keys
    /// that would have made a signal do it still.
    case between
    /// The terminal was not held yet: it made line feeds of carriage returns, and a zero byte of
    /// the key for the end.
    case cooked
  }

  /// The key for interrupting; -1 for none.
  package var interruptKey: Int32 = 3
  /// The key for suspending; -1 for none.
  package var suspendKey: Int32 = 26

  /// An input without bytes.
  package init() {}

  private enum Segment {
    case keys([UInt8])
    case paste([UInt8])
  }

  private var segments: [Segment] = []
  /// Where the first segment's unread bytes begin.
  private var head = 0
  /// Bytes that may be the beginning of a paste's mark.
  private var held: [UInt8] = []
  private var openPaste: [UInt8]?
  /// Up to where the open paste was searched for its end.
  private var searched = 0

  private static let start = Array("\u{1b}[200~".utf8)
  private static let end = Array("\u{1b}[201~".utf8)

  /// Whether nothing can be handed out.
  package var isEmpty: Bool { segments.isEmpty }

  /// Whether bytes are kept back because they may begin a paste; `release` lets them go.
  package var holdsBack: Bool { !held.isEmpty }

  /// Takes bytes that were read. In `between` the keys that make signals are taken out.
  /// - Returns: those keys, in their order.
  package mutating func take(_ bytes: [UInt8], _ origin: Origin) -> [UInt8] {
    if openPaste != nil, bytes.count == 1, Int32(bytes[0]) == interruptKey {
      // A paste whose end never came must not swallow the keyboard.
      closePaste()
      return []
    }
    var controls: [UInt8] = []
    var rest = (held + bytes)[...]
    held = []
    while !rest.isEmpty {
      if openPaste != nil {
        rest = continuePaste(rest)
        continue
      }
      let mark = Self.firstMark(in: rest)
      appendKeys(rest[..<mark], origin, &controls)
      let found = rest[mark...]
      if found.count < Self.start.count {
        held = Array(found)
        break
      }
      openPaste = []
      searched = 0
      rest = found.dropFirst(Self.start.count)
    }
    return controls
  }

  /// Lets go of bytes that were kept back: they were keys after all.
  package mutating func release() {
    var none: [UInt8] = []
    appendKeys(held[...], .prompt, &none)
    held = []
  }

  /// The next token; `nil` when there is none, or only the first bytes of a character.
  package mutating func next() -> Token? {
    guard let first = segments.first else { return nil }
    switch first {
    case .paste(let bytes):
      segments.removeFirst()
      return .paste(bytes)
    case .keys(let bytes):
      let length = Self.characterLength(bytes[head...])
      guard length > 0 || segments.count > 1 else { return nil }
      let key = Array(bytes[head..<head + max(length, 1)])
      advance(by: key.count, of: bytes.count)
      return .key(key)
    }
  }

  private mutating func advance(by count: Int, of total: Int) {
    head += count
    if head == total {
      segments.removeFirst()
      head = 0
    }
  }

  /// Where the first mark begins, or what may become one; the end when there is none.
  private static func firstMark(in bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x1b {
        let part = bytes[index...].prefix(start.count)
        if part.elementsEqual(start.prefix(part.count)) { return index }
      }
      index += 1
    }
    return index
  }

  private mutating func appendKeys(
    _ bytes: ArraySlice<UInt8>, _ origin: Origin, _ controls: inout [UInt8]
  ) {
    guard !bytes.isEmpty else { return }
    var keys: [UInt8] = []
    keys.reserveCapacity(bytes.count)
    for byte in bytes {
      switch origin {
      case .between where Int32(byte) == interruptKey || Int32(byte) == suspendKey: controls.append(byte)
      case .between where byte == UInt8(ascii: "\n"), .cooked where byte == UInt8(ascii: "\n"):
        keys.append(UInt8(ascii: "\r"))
      case .cooked where byte == 0: keys.append(4)
      default: keys.append(byte)
      }
    }
    if case .keys(var last)? = segments.last {
      // Taken out first, so that appending does not copy what may be a megabyte.
      segments.removeLast()
      if segments.isEmpty, head > 0 {
        last.removeFirst(head)
        head = 0
      }
      last += keys
      segments.append(.keys(last))
    } else if !keys.isEmpty {
      segments.append(.keys(keys))
    }
  }

  private mutating func continuePaste(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard var paste = openPaste else { return bytes }
    openPaste = nil
    paste += bytes
    var index = searched
    while index + Self.end.count <= paste.count {
      if paste[index] == 0x1b, paste[index..<index + Self.end.count].elementsEqual(Self.end) {
        let left = paste.count - index - Self.end.count
        paste.removeLast(paste.count - index)
        segments.append(.paste(paste))
        return bytes.suffix(left)
      }
      index += 1
    }
    searched = index
    openPaste = paste
    return []
  }

  private mutating func closePaste() {
    if let openPaste { segments.append(.paste(openPaste)) }
    openPaste = nil
  }

  /// How many bytes the first character has; 0 when some are still to come, 1 for a byte that
  /// belongs to none.
  private static func characterLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let lead = bytes.first else { return 0 }
    let length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1
    let tail = bytes.dropFirst().prefix(length - 1)
    if let broken = tail.firstIndex(where: { $0 & 0xc0 != 0x80 }) {
      // Handed out as far as it goes; the rest begins anew.
      return broken - bytes.startIndex
    }
    return tail.count == length - 1 ? length : 0
  }
}
