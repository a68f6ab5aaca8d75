import SheepListener

/// Writes events as lines, with the line ends and oddities that are asked for.
struct EventEncoder: Sendable {
  private let lineEnd: LineEnd
  private let prefix: [UInt8]
  private let framing: BodyFraming
  private var wantsMark: Bool
  /// How many lines were written; `mixed` line ends take turns.
  private var lines = 0

  /// Takes what matters for the lines from a fault.
  init(fault: MockFault, framing: BodyFraming) {
    lineEnd = fault.lineEnd ?? .lf
    prefix = Array((fault.omitsBlankAfterColon ? "data:" : "data: ").utf8)
    wantsMark = fault.byteOrderMark
    self.framing = framing
  }

  /// An event with its name, if it has one.
  mutating func event(_ event: StreamEvent, closed: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = []
    if let name = event.name {
      bytes = start() + Array("event: \(name)".utf8)
      endLine(&bytes)
    }
    return bytes + self.event(event.data, closed: closed)
  }

  /// All of these.
  mutating func events(_ events: [StreamEvent]) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events { bytes += self.event(event) }
    return bytes
  }

  /// An unnamed event of one data line; `closed` adds the empty line.
  mutating func event(_ data: [UInt8], closed: Bool = true) -> [UInt8] {
    var bytes = start()
    bytes.reserveCapacity(data.count + 16)
    bytes += prefix
    bytes += data
    if closed {
      endLine(&bytes)
      endLine(&bytes)
    }
    return bytes
  }

  /// A line that is not data, and an empty line.
  mutating func comment(_ text: String) -> [UInt8] {
    var bytes = start()
    bytes += text.utf8
    endLine(&bytes)
    endLine(&bytes)
    return bytes
  }

  /// A piece of the body as it looks on the wire.
  func framed(_ bytes: [UInt8]) -> [UInt8] {
    var framed: [UInt8] = []
    framed.reserveCapacity(bytes.count + 16)
    framing.append(bytes, to: &framed)
    return framed
  }

  /// What ends the body on the wire.
  var bodyEnd: [UInt8] { framing.end }

  private mutating func start() -> [UInt8] {
    defer { wantsMark = false }
    return wantsMark ? [0xef, 0xbb, 0xbf] : []
  }

  private mutating func endLine(_ bytes: inout [UInt8]) {
    // In this order LF never follows CR: together they would be one line end.
    let kind = lineEnd == .mixed ? [LineEnd.lf, .cr, .crlf][lines % 3] : lineEnd
    lines += 1
    if kind != .lf { bytes.append(UInt8(ascii: "\r")) }
    if kind != .cr { bytes.append(UInt8(ascii: "\n")) }
  }
}
