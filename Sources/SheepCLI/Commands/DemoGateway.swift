import SheepCore

/// The local gateway inside this process, for `--demo`.
final class DemoGateway {
  private let gateway: any LocalGateway

  /// Its address.
  var baseURL: String { gateway.baseURL }

  private init(_ gateway: any LocalGateway) {
    self.gateway = gateway
  }

  /// Starts it on a free loopback port; with `keys` it refuses all others.
  /// - Throws: `internalError` when this machine gives no port.
  static func start(_ environment: Environment, keys: [Secret] = []) throws(Failure) -> DemoGateway {
    var settings = LocalGatewaySettings()
    settings.acceptedKeys = keys
    do throws(LocalGatewayProblem) {
      return DemoGateway(try environment.startGateway(settings))
    } catch {
      throw Failure(.internalError, "--demo", "the local gateway cannot start: \(error.reason)")
    }
  }

  /// Ends it and waits for its thread.
  func stop() { gateway.stop() }
}
