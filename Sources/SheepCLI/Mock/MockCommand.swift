package import SheepCore
package import SheepOptions
package import SheepRun

/// `sheep mock`: the local gateway, until a signal ends it.
struct MockCommand {
  private let options: MockOptions
  private let run: Run

  init(_ options: MockOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    if options.listsModels {
      try run.write(run.environment.localGateway?.modelTable ?? "")
      return .exit(.done)
    }
    let settings = try settings()
    // Caught from here on: what is started is stopped.
    let hasSignals = run.signals != nil
    let gateway = try start(settings)
    defer { gateway.stop() }
    let shown = options.quiet ? gateway.baseURL + "\n" : gateway.describe()
    if case .failed(let number) = run.environment.standardOutput.write(shown) {
      throw WriteResult.failed(number).failure
    }
    guard hasSignals, let signal = run.serve(until: { false }) else { return .exit(.done) }
    return .signal(signal)
  }

  private func start(_ settings: LocalGatewaySettings) throws(Failure) -> any LocalGateway {
    do throws(LocalGatewayProblem) {
      return try run.environment.startGateway(settings)
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
      guard let key = run.environment.variable(name), !key.isEmpty else {
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

extension MockOptions: CommandBody {
  package var withoutConfiguration: String? { "the configuration was not read" }

  package var output: OutputOptions {
    var output = OutputOptions()
    output.quiet = quiet
    return output
  }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try MockCommand(self, run).perform() }
}
