package import SheepOptions
package import SheepRun

/// The program's commands that can be run from inside a chat, in the environment they are given.
package struct InnerCommands {
  /// `sheep ping`, for `/ping`.
  package let ping: (PingOptions, Environment) -> Termination
  /// `sheep models`, for `/models`.
  package let models: (ModelsOptions, Environment) -> Termination

  /// Commands that are run by these closures.
  package init(
    ping: @escaping (PingOptions, Environment) -> Termination,
    models: @escaping (ModelsOptions, Environment) -> Termination
  ) {
    self.ping = ping
    self.models = models
  }
}
