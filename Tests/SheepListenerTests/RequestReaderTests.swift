import SheepCore
import SheepListener
import Testing

@Suite("RequestReader: requests out of bytes, whatever pieces they come in")
struct RequestReaderTests {
  private let head = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

  /// What the bytes amount to, fed in pieces of a size.
  private func read(_ text: String, bodyLimit: Int = 10, pieces: Int = .max) -> [String] {
    var reader = RequestReader(bodyLimit: bodyLimit)
    var said: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(pieces))
      rest = rest.dropFirst(piece.count)
      piece.withUnsafeBytes { reader.receive($0) }
      loop: while true {
        switch reader.next() {
        case .incomplete: break loop
        case .awaitsContinue: said.append("continue")
        case .request(let head, let body):
          said.append("\(head.method) \(head.path) \(String(decoding: body, as: UTF8.self))")
        case .refused(let refusal):
          return said + ["\(refusal.status)"]
        }
      }
    }
    return said
  }

  @Test("the limit of a body holds for all of its chunks together", arguments: [1, 7, 999])
  func chunksTogether(pieces: Int) {
    let within = head + "6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n"
    #expect(read(within, pieces: pieces) == ["POST /a abcdefghij"])
    let beyond = head + "6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n"
    #expect(read(beyond, pieces: pieces) == ["413"])
  }

  @Test("a body of exactly the limit is read, one byte more is refused")
  func lengthLimit() {
    func request(_ count: Int) -> String {
      "POST /a HTTP/1.1\r\nContent-Length: \(count)\r\n\r\n" + String(repeating: "x", count: count)
    }
    #expect(read(request(10)) == ["POST /a xxxxxxxxxx"])
    #expect(read(request(11)) == ["413"])
  }

  @Test("the next request begins where the last one ends, without what was left of its head or trailers")
  func consecutive() {
    let text = head + "1\r\na\r\n0\r\nT: 1\r\n\r\n\r\nGET /b?c HTTP/1.0\r\n\r\n" + head + "0\r\n\r\n"
    for pieces in [1, 2, 3, 999] {
      #expect(read(text, pieces: pieces) == ["POST /a a", "GET /b ", "POST /a "])
    }
  }

  @Test("100 Continue is asked for once, and only while no body has come")
  func expectation() {
    let expecting = "POST /a HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
    #expect(read(expecting + "ab") == ["POST /a ab"])
    #expect(read(expecting + "ab", pieces: expecting.utf8.count) == ["continue", "POST /a ab"])
    #expect(
      read(expecting + "ab" + expecting + "cd", pieces: 1) == [
        "continue", "POST /a ab", "continue", "POST /a cd",
      ])
    let old = "POST /a HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
    #expect(read(old + "a", pieces: 1) == ["POST /a a"])
  }

  @Test("a head is limited as a whole, not only line by line")
  func headLimit() {
    let field = "x: " + String(repeating: "a", count: 65_000) + "\r\n"
    let four = "GET / HTTP/1.1\r\n" + String(repeating: field, count: 4)
    #expect(read(four + "\r\n") == ["GET / "])
    #expect(read(four + field) == ["431"])
    // What came before does not count: neither a head nor trailers.
    let chunked = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + field + "\r\n"
    #expect(read(chunked + chunked + four + "\r\n") == ["POST /a ", "POST /a ", "GET / "])
  }

  @Test(
    "a connection is kept as the version and the field say",
    arguments: [
      ("1.1", "", true), ("1.0", "", false), ("1.1", "close", false), ("1.0", "keep-alive", true),
      ("1.1", "x , Close", false), ("1.0", "close, keep-alive", false), ("1.0", "KEEP-ALIVE\t", true),
    ])
  func keepAlive(version: String, field: String, isKept: Bool) throws {
    var reader = RequestReader(bodyLimit: 0)
    let text = "GET / HTTP/\(version)\r\n" + (field.isEmpty ? "" : "Connection: \(field)\r\n") + "\r\n"
    Array(text.utf8).withUnsafeBytes { reader.receive($0) }
    guard case .request(let head, _) = reader.next() else {
      Issue.record("no request")
      return
    }
    #expect(head.wantsKeepAlive == isKept)
  }
}
