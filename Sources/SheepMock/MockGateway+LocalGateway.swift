package import SheepCore

extension MockGateway: LocalGateway {
  package static var modelNames: [String] { MockModel.all.map(\.id) }

  /// Listens and starts to serve as the command line says.
  package convenience init(_ settings: LocalGatewaySettings) throws(LocalGatewayProblem) {
    var configuration = MockConfiguration()
    configuration.port = settings.port
    if let seed = settings.seed { configuration.seed = seed }
    if let speed = settings.speed { configuration.speed = speed }
    configuration.acceptedKeys = settings.acceptedKeys
    do throws(MockError) {
      configuration.fault = try MockFault(parsing: settings.faults)
    } catch {
      throw .badFaults(error.problem)
    }
    if let latency = settings.latency { configuration.fault.headDelay = latency }
    do throws(MockError) {
      try self.init(configuration)
    } catch {
      throw .cannotStart(error.problem, wayOut: error.wayOut)
    }
  }
}
