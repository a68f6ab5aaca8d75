import SheepCore

/// The local gateway inside this process, for `--demo`.
package final class DemoGateway {
  private let gateway: any LocalGateway

  /// Its address.
  package var baseURL: String { gateway.baseURL }

  private init(_ gateway: any LocalGateway) {
    self.gateway = gateway
  }

  /// Starts it on a free loopback port; with `keys` it refuses all others.
  /// - Throws: `internalError` when this machine gives no port.
  static func start(_ environment: Environment, keys: [Secret]) throws(Failure) -> DemoGateway {
    var settings = LocalGatewaySettings()
    settings.acceptedKeys = keys
    do throws(LocalGatewayProblem) {
      return DemoGateway(try environment.startGateway(settings))
    } catch {
      let (reason, wayOut) =
        switch error {
        case .badFaults(let reason): (reason, String?.none)
        case .cannotStart(let reason, let wayOut): (reason, wayOut)
        }
      throw Failure(
        .internalError, "--demo", "the local gateway cannot start: \(reason)", advice: wayOut)
    }
  }

  /// Ends it and waits for its thread.
  package func stop() { gateway.stop() }
}
