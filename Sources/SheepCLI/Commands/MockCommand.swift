import SheepCore
import SheepMock

/// `sheep mock`: the local gateway, until a signal ends it.
struct MockCommand {
  private let options: MockOptions
  private let environment: Environment
  private let messages: Messages

  init(_ options: MockOptions, _ environment: Environment) {
    self.options = options
    self.environment = environment
    messages = Messages(to: environment.standardError, isQuiet: options.quiet, errorsAsJSON: false)
  }

  /// Runs the command.
  func run() -> Termination {
    do throws(Failure) {
      return try serve()
    } catch {
      messages.error(error)
      return .exit(ExitStatus(error))
    }
  }

  private func serve() throws(Failure) -> Termination {
    if options.listsModels { return Program.show(MockGateway.modelTable, environment) }
    let configuration = try configuration()
    let signals = environment.signals()
    let gateway: MockGateway
    do throws(MockError) {
      gateway = try MockGateway(configuration)
    } catch {
      throw Failure(
        .usage, "mock", "\(error)", advice: "choose another port with --port, or 0 for a free one")
    }
    defer { gateway.stop() }
    let shown = options.quiet ? gateway.baseURL + "\n" : gateway.describe()
    if case .failed(let number) = environment.standardOutput.write(shown) {
      throw CallRunner.failure(.failed(number))
    }
    guard let signals else { return .exit(.done) }
    return .signal(waitForSignal(signals))
  }

  private func waitForSignal(_ signals: any SignalSource) -> Int32 {
    let loop = environment.makeLoop()
    var number: Int32?
    loop.watch(descriptor: signals.descriptor) { number = signals.next() }
    loop.run { number != nil }
    return number ?? 0
  }

  private func configuration() throws(Failure) -> MockConfiguration {
    var configuration = MockConfiguration()
    configuration.port = UInt16(options.port)
    if let seed = options.seed { configuration.seed = UInt64(bitPattern: Int64(seed)) }
    if let speed = options.speed { configuration.speed = JSONNumber(text: speed.text)?.double ?? 1 }
    if let name = options.requiredKeyName {
      guard let key = environment.variable(name), !key.isEmpty else {
        throw Failure(
          .usage, "--require-key-env", "the variable \(name) is not set", advice: "export it first")
      }
      configuration.acceptedKeys = [Secret(key)]
    }
    do throws(MockError) {
      configuration.fault = try MockFault(parsing: options.faults.joined(separator: ";"))
    } catch {
      throw Failure(.usage, "--fault", "\(error)", advice: "see 'sheep help mock'")
    }
    if let latency = options.latency { configuration.fault.headDelay = latency }
    return configuration
  }
}
