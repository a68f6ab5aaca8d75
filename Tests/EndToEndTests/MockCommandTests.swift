import SheepMock
import Testing

@Suite("mock")
struct MockCommandTests {
  @Test("it says where it listens, serves until it is interrupted, and ends by that signal")
  func serving() throws {
    let mock = try SheepProcess(["mock", "--port", "0", "--quiet", "--speed", "0"])
    mock.waitForOutput("/v1\n")
    let address = mock.text.dropLast()
    let call = try SheepProcess(["chat", "--base-url", "\(address)", "-m", "mock-instant#text=Hi", "Hello"])
    #expect(call.finish() == .exit(0) && call.text == "Hi")
    mock.signal(2)
    #expect(mock.finish() == .signal(2))
    #expect(mock.text == address + "\n" && mock.errorText.isEmpty)
  }

  @Test("a port that is taken is told once, with the way out")
  func takenPort() throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: "")))
    let mock = try SheepProcess(["mock", "--port", "\(gateway.port)"])
    #expect(mock.finish() == .exit(2))
    #expect(
      mock.errorText
        == "sheep: mock cannot listen on 127.0.0.1:\(gateway.port) (Address already in use); "
        + "use another port, or 0 for a free one\n")
  }

  @Test("a fault that is not one is told once")
  func badFault() throws {
    let mock = try SheepProcess(["mock", "--fault", "zebra"])
    #expect(mock.finish() == .exit(2))
    #expect(mock.errorText.hasPrefix("sheep: --fault: unknown fault 'zebra'; faults: "))
  }

  @Test("the list of models ends with a line end, here and in the greeting")
  func models() throws {
    let list = try SheepProcess(["mock", "--models"])
    #expect(list.finish() == .exit(0))
    #expect(list.text.hasSuffix("reasons first\n") && !list.text.hasSuffix("\n\n"))
    let mock = try SheepProcess(["mock", "--port", "0"])
    mock.waitForOutput("faults: ")
    #expect(mock.text.contains("\nmodels\n" + list.text + "\ntry it\n"))
    mock.signal(2)
    #expect(mock.finish() == .signal(2))
  }
}
