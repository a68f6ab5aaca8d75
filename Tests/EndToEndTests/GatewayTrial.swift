import SheepCore
import SheepMock
import Testing

/// The built program against a gateway with real sockets in this process.
struct GatewayTrial {
  /// A key that must never be seen.
  static let key = "sk-canary-c0ffee17d34db33f99"

  let gateway: MockGateway
  private let location: SourceLocation

  /// A gateway without pauses whose every answer has this fault.
  init(fault: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws {
    gateway = try MockGateway(.instant(fault: try MockFault(parsing: fault)))
    location = sourceLocation
  }

  /// A gateway without pauses whose first requests get these answers.
  init(script: [MockStep], keys: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) throws {
    gateway = try MockGateway(.instant(script: script, keys: keys))
    location = sourceLocation
  }

  /// Starts the program with `--base-url` and a model.
  func start(
    _ arguments: String..., variables: [String: String] = [:], input: SheepProcess.Input = .nothing,
    output: SheepProcess.Output = .pipe
  ) throws -> SheepProcess {
    try start(arguments, variables: variables, input: input, output: output)
  }

  /// Starts the program with `--base-url` and a model.
  func start(
    _ arguments: [String], variables: [String: String] = [:], input: SheepProcess.Input = .nothing,
    output: SheepProcess.Output = .pipe
  ) throws -> SheepProcess {
    var variables = variables
    variables["SHEEP_BASE_URL"] = gateway.baseURL
    variables["SHEEP_MODEL"] = variables["SHEEP_MODEL"] ?? "mock-instant"
    variables["SHEEP_API_KEY"] = variables["SHEEP_API_KEY"] ?? Self.key
    let process = try SheepProcess(
      arguments, variables: variables, input: input, output: output, sourceLocation: location)
    process.companion = gateway
    return process
  }

  /// Starts the program on a terminal, without a key.
  func terminal(_ arguments: [String], errorsTo path: String? = nil) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      arguments, variables: ["SHEEP_BASE_URL": gateway.baseURL, "SHEEP_MODEL": "mock-instant"],
      errorsTo: path, sourceLocation: location)
    terminal.companion = gateway
    return terminal
  }

  /// Runs the program to its end and expects its exit code and the number of requests that
  /// reached the gateway.
  func run(
    _ arguments: String..., exit: Int32, requests: Int, variables: [String: String] = [:],
    input: SheepProcess.Input = .nothing, output: SheepProcess.Output = .pipe
  ) throws -> SheepProcess {
    let process = try start(arguments, variables: variables, input: input, output: output)
    let end = process.finish()
    #expect(
      end == .exit(exit), "\(process.errorText)", sourceLocation: location)
    #expect(gateway.requestCount == requests, "requests", sourceLocation: location)
    #expect(!process.mentions(Self.key), "no key in what it wrote", sourceLocation: location)
    return process
  }

  /// The error object on the last line of standard error.
  static func error(_ process: SheepProcess) -> JSON? {
    let line = process.errors.split(separator: 0x0a).last.map(Array.init) ?? []
    return (try? JSON.parse(line))?["error"]
  }
}
