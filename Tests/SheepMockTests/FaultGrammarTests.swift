import SheepCore
import SheepMock
import Testing

@Suite("The fault grammar")
struct FaultGrammarTests {
  @Test("items are read with their values and units")
  func items() throws {
    var fault = MockFault()
    fault.status = 429
    fault.headers.append("retry-after", "2")
    fault.times = 3
    fault.headDelay = .milliseconds(1_500)
    fault.eventBytes = 33 << 20
    fault.body = Array("a;b%\n".utf8)
    fault.echoesKey = .header
    let text =
      " status=429; retry-after=2;;times=3;head-delay=1.5s;event-bytes=33M"
      + ";body=a%3Bb%25%0A;echo-key=header"
    #expect(try MockFault(parsing: text) == fault)
    #expect(try MockFault(parsing: "") == MockFault())
  }

  @Test(
    "what does not fit is refused with the way out",
    arguments: [
      ("stauts=1", "unknown fault 'stauts'; faults: times, skip, status"),
      ("status", "'status' needs a value: status=N"),
      ("status=20", "'status' cannot be '20'; write status=N"),
      ("status=-429", "'status' cannot be '-429'; write status=N"),
      ("reset=1", "'reset' takes no value"), ("split=0", "'split' cannot be '0'; write split=N"),
      ("line-end=no", "'line-end' cannot be 'no'; write line-end=lf|cr|crlf|mixed"),
      ("header=a%0Ab: c", "'header' cannot be"), ("event-bytes=99999M", "'event-bytes' cannot be"),
      ("ttft=nan", "'ttft' cannot be"), ("ttft=1e9", "'ttft' cannot be"),
      ("rate=-1", "'rate' cannot be"), ("cut-after=99999999999999999999", "'cut-after' cannot be"),
    ])
  func refused(text: String, message: String) throws {
    let error = try #require(throws: MockError.self) { try MockFault(parsing: text) }
    #expect(error.description.hasPrefix("fault: " + message))
  }

  @Test("a wrong specification over the wire is answered, not ignored")
  func overTheWire() throws {
    let response = try MockGateway.make().stream(fault: "stauts=1")
    #expect(response.status == 400)
    #expect(response.json?["error"]?["code"]?.string == "bad_mock_fault")
  }

  @Test("a description names the address, the models and every key")
  func description() throws {
    let gateway = try MockGateway.make()
    let text = gateway.describe()
    #expect(text.contains("http://127.0.0.1:\(gateway.port)/v1"))
    #expect(text.hasSuffix("\n"))
    for word in ["gpt-4.1", "8.00", "deepseek-v3.2", "stall-after=N", "no-answer", "rate=X"] {
      #expect(text.contains(word))
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
  }
}
