import SheepCore
import SheepOptions
import SheepRun

/// `sheep mock`: the local gateway, until a signal ends it.
final class MockCommand {
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
    if options.listsModels { return Program.show(environment.localGateway?.modelTable ?? "", environment) }
    let settings = try settings()
    let signals = environment.signals()
    let gateway = try start(settings)
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

  private func start(_ settings: LocalGatewaySettings) throws(Failure) -> any LocalGateway {
    do throws(LocalGatewayProblem) {
      return try environment.startGateway(settings)
    } catch {
      switch error {
      case .badFaults(let reason):
        throw Failure(.usage, "--fault", reason, advice: "see 'sheep help mock'")
      case .cannotStart(let reason, let wayOut):
        throw Failure(.usage, "mock", reason, advice: wayOut)
      }
    }
  }

  private func settings() throws(Failure) -> LocalGatewaySettings {
    var settings = LocalGatewaySettings()
    settings.port = UInt16(options.port)
    if let seed = options.seed { settings.seed = UInt64(bitPattern: Int64(seed)) }
    if let speed = options.speed { settings.speed = JSONNumber(text: speed.text)?.double ?? 1 }
    if let name = options.requiredKeyName {
      guard let key = environment.variable(name), !key.isEmpty else {
        throw Failure(
          .usage, "--require-key-env", "the variable \(name) is not set", advice: "export it first")
      }
      settings.acceptedKeys = [Secret(key)]
    }
    settings.faults = options.faults.joined(separator: ";")
    settings.latency = options.latency
    return settings
  }
}
