package import SheepCore

/// Reads response heads line by line, as bytes, and gives out the final one.
///
/// It is fed by libcurl's header callback, once for each line with its line end: the status
/// line, the fields, an empty line, and then the trailers. Heads of 1xx responses are dropped;
/// after the final head nothing is heard any more. Folded lines (RFC 9112, 5.2) are joined
/// with one blank; lines that are no field are ignored.
package struct HeadParser {
  private enum Place {
    case statusLine
    case fields
    case done
  }

  private var place = Place.statusLine
  private var status = 0
  private var version: String?
  private var fields: [HTTPHeaders.Field] = []

  /// Before the first line.
  package init() {}

  /// Whether the final head has been given out.
  package var isDone: Bool { place == .done }

  /// Takes the next line; returns the final head when this line ends it.
  package mutating func feed(_ bytes: UnsafeRawBufferPointer) -> HTTPHead? {
    let line = Self.withoutLineEnd(bytes)
    switch place {
    case .statusLine: readStatusLine(line)
    case .fields:
      if line.isEmpty { return endHead() }
      readField(line)
    case .done: break
    }
    return nil
  }

  private mutating func endHead() -> HTTPHead? {
    if (100...199).contains(status) {
      place = .statusLine
      return nil
    }
    place = .done
    return HTTPHead(status: status, headers: HTTPHeaders(fields), version: version)
  }

  /// `HTTP/1.1 200 OK`, `HTTP/2 200`.
  private mutating func readStatusLine(_ line: Slice<UnsafeRawBufferPointer>) {
    let marker = "HTTP/".utf8
    guard line.starts(with: marker) else { return }
    let rest = line.dropFirst(marker.count)
    let number = rest.prefix { $0 != UInt8(ascii: " ") }
    let digits = rest.dropFirst(number.count).drop { $0 == UInt8(ascii: " ") }.prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard digits.count == 3 else { return }
    status = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    version = Self.version(String(decoding: number, as: UTF8.self))
    fields = []
    place = .fields
  }

  private mutating func readField(_ line: Slice<UnsafeRawBufferPointer>) {
    if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
      guard !fields.isEmpty else { return }
      let more = Self.text(line)
      if !more.isEmpty { fields[fields.count - 1].value += " " + more }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = line[..<colon]
    guard !name.isEmpty, name.allSatisfy(HTTPSyntax.isTokenByte) else { return }
    fields.append(
      HTTPHeaders.Field(String(decoding: name, as: UTF8.self), Self.text(line[line.index(after: colon)...])))
  }

  private static func withoutLineEnd(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    var line = bytes[...]
    if line.last == UInt8(ascii: "\n") { line.removeLast() }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }

  private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    String(
      decoding: bytes[HTTPSyntax.trimmed(bytes.startIndex..<bytes.endIndex) { bytes[$0] }], as: UTF8.self)
  }

  private static func version(_ text: String) -> String? {
    switch text {
    case "1.0", "1.1", "2", "3": text
    case "2.0": "2"
    default: nil
    }
  }
}
