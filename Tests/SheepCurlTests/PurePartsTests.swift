import SheepCore
import SheepCurl
import Testing

/// The parts of the transport that need no socket.
@Suite("head parser")
struct HeadParserTests {
  private func parse(_ lines: [String]) -> HTTPHead? {
    var parser = HeadParser()
    var heads: [HTTPHead] = []
    for line in lines {
      Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
        if let head = parser.feed(bytes) { heads.append(head) }
      }
    }
    #expect(heads.count <= 1)
    return heads.first
  }

  @Test(
    "status lines are read",
    arguments: [
      ("HTTP/1.0 200 OK", 200, "1.0"), ("HTTP/1.1 404", 404, "1.1"), ("HTTP/2 503 ", 503, "2"),
      ("HTTP/3 200", 200, "3"), ("HTTP/1.1  200 OK", 200, "1.1"), ("HTTP/7 200", 200, nil),
    ])
  func statusLine(line: String, status: Int, version: String?) {
    let head = parse([line, ""])
    #expect(head?.status == status)
    #expect(head?.version == version)
  }

  @Test(
    "nothing else is taken for a status line",
    arguments: ["HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 +20", "http/1.1 200", "200 OK", ""])
  func notAStatusLine(line: String) {
    #expect(parse([line, ""]) == nil)
  }

  @Test("folded lines are joined, and a line that is not a field is ignored")
  func foldedLines() {
    let head = parse([
      "HTTP/1.1 200 OK", " lost", "A: 1", "\t 2 ", "  ", "no field", ": none", "B C: 3", "D:4", "A: 5 ", "",
    ])
    #expect(head?.headers == HTTPHeaders([.init("A", "1 2"), .init("D", "4"), .init("A", "5")]))
  }

  @Test("bytes that are not UTF-8 stay visible")
  func badUTF8() {
    var parser = HeadParser()
    var head: HTTPHead?
    for line in [Array("HTTP/1.1 200\n".utf8), Array("A: x".utf8) + [0xff, 0x0a], [0x0a]] {
      line.withUnsafeBytes { head = parser.feed($0) ?? head }
    }
    #expect(head?.headers["a"] == "x\u{fffd}")
    #expect(parser.isDone)
  }

  @Test("the head starts again after an informational one")
  func informational() {
    let head = parse(["HTTP/1.1 103", "A: 1", "", "HTTP/1.1 200", "B: 2", "", "C: 3", "HTTP/1.1 500", ""])
    #expect(head == HTTPHead(status: 200, headers: HTTPHeaders([.init("B", "2")]), version: "1.1"))
  }
}

@Suite("outcome of libcurl")
struct CurlOutcomeTests {
  typealias Kind = TransferEnd.Problem.Kind

  struct Row: Sendable, CustomTestStringConvertible {
    var code: UInt32
    var isSent: Bool
    var usesProxy: Bool
    var kind: Kind

    init(_ code: UInt32, sent: Bool, proxy: Bool = false, _ kind: Kind) {
      (self.code, isSent, usesProxy, self.kind) = (code, sent, proxy, kind)
    }

    var testDescription: String { "\(code) sent \(isSent) proxy \(usesProxy) → \(kind)" }
  }

  @Test(
    "a code of libcurl is read by what is known of the transfer",
    arguments: [
      Row(3, sent: false, .invalidRequest), Row(1, sent: false, .invalidRequest),
      Row(1, sent: true, .malformedResponse), Row(67, sent: false, .invalidRequest),
      Row(5, sent: false, .proxy), Row(97, sent: false, .proxy), Row(6, sent: false, .nameResolution),
      Row(7, sent: false, .connect), Row(7, sent: false, proxy: true, .proxy),
      Row(28, sent: false, .connectTimeout), Row(28, sent: true, .connectionLost),
      Row(35, sent: false, .handshake), Row(58, sent: false, .certificate),
      Row(59, sent: false, .certificate), Row(60, sent: false, .certificate),
      Row(77, sent: false, .certificate), Row(83, sent: false, .certificate),
      Row(90, sent: false, .certificate), Row(91, sent: false, .certificate),
      Row(52, sent: true, .connectionLost), Row(55, sent: true, .connectionLost),
      Row(56, sent: true, .connectionLost), Row(56, sent: false, proxy: true, .proxy),
      Row(16, sent: true, .connectionLost), Row(92, sent: true, .connectionLost),
      Row(95, sent: true, .connectionLost), Row(18, sent: true, .connectionLost),
      Row(61, sent: true, .malformedResponse), Row(8, sent: true, .malformedResponse),
      Row(27, sent: false, .transportUnavailable), Row(27, sent: true, .malformedResponse),
      Row(100, sent: true, .malformedResponse), Row(2, sent: false, .transportUnavailable),
      Row(9999, sent: true, .connectionLost), Row(0, sent: true, .malformedResponse),
    ])
  func codes(row: Row) {
    var outcome = CurlOutcome(code: row.code)
    outcome.isSent = row.isSent
    outcome.usesProxy = row.usesProxy
    outcome.detail = "words"
    #expect(outcome.problem?.kind == row.kind)
    #expect(outcome.problem?.code == Int32(row.code))
  }

  @Test(
    "our own reason for an abort outranks libcurl's code",
    arguments: [
      (CurlOutcome.Verdict.abortedByHandler, Kind.aborted), (.resendPrevented, .resendPrevented),
      (.headTooLarge(limit: 1), .malformedResponse), (.bodyTooLarge(limit: 1), .tooLarge),
    ])
  func ownReason(verdict: CurlOutcome.Verdict, kind: Kind) {
    for code: UInt32 in [0, 23, 42, 56] {
      var outcome = CurlOutcome(code: code)
      outcome.verdict = verdict
      outcome.hasHead = true
      #expect(outcome.problem?.kind == kind)
    }
  }

  @Test("a complete response has no problem")
  func complete() {
    var outcome = CurlOutcome(code: 0)
    outcome.hasHead = true
    #expect(outcome.problem == nil)
  }
}
