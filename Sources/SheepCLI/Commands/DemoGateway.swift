import SheepCore
import SheepMock

/// The local gateway inside this process, for `--demo`.
final class DemoGateway {
  private let gateway: MockGateway

  /// Its address.
  var baseURL: String { gateway.baseURL }

  private init(_ gateway: MockGateway) {
    self.gateway = gateway
  }

  /// Starts it on a free loopback port; with `keys` it refuses all others.
  /// - Throws: `internalError` when this machine gives no port.
  static func start(keys: [Secret] = []) throws(Failure) -> DemoGateway {
    var configuration = MockConfiguration()
    configuration.acceptedKeys = keys
    do throws(MockError) {
      return DemoGateway(try MockGateway(configuration))
    } catch {
      throw Failure(.internalError, "--demo", "the local gateway cannot start: \(error)")
    }
  }

  /// Ends it and waits for its thread.
  func stop() { gateway.stop() }
}
