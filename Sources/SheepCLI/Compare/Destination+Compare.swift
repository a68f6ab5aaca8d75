import SheepClient
import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

extension Destination {
  /// As the user wrote it: `gpt-4.1@openai`.
  var label: String {
    let namesProfile = options.model?.profile != nil || choice.alias != nil && choice.namesProfile
    return namesProfile ? model + "@" + choice.profile : model
  }

  /// What of it is written into a document.
  var entry: CompareDocument.Entry {
    CompareDocument.Entry(
      label: label, model: model, profile: target.profile, host: target.baseURL.host,
      api: target.dialect.name)
  }

  /// The destinations of `--model`, in their order. The keys and headers of the options belong to the
  /// first.
  /// - Throws: `usage` for a profile or key that is missing, and for the same one twice.
  static func compared(_ options: CompareOptions, in run: Run) throws(Failure) -> [Destination] {
    var connection = options.call.connection
    connection.usesFreshConnection = options.cold
    var destinations: [Destination] = []
    let models: [ModelTarget?] = options.models.isEmpty ? [nil] : options.models.map { $0 }
    for model in models {
      connection.model = model
      let found = try find(connection, in: run, needsKey: !options.call.input.dryRun)
      connection.secretOrigin = connection.secretOrigin ?? found.target.baseURL.origin
      if destinations.contains(where: { $0.label == found.label }) {
        throw Failure(
          .usage, "--model", "\(found.label) is given twice",
          advice: "give it once; use --rounds for more calls")
      }
      destinations.append(found)
    }
    return destinations
  }

  /// The destination of `--judge`; `nil` without the option.
  /// - Parameter first: the first that is judged, which the keys and headers of the options belong to.
  /// - Throws: `usage` for a profile or key that is missing.
  static func judge(
    _ options: CompareOptions, after first: Destination?, in run: Run
  ) throws(Failure) -> Destination? {
    guard let judge = options.judge else { return nil }
    var connection = options.call.connection
    connection.model = judge
    connection.secretOrigin = first?.target.baseURL.origin
    return try find(connection, in: run, needsKey: !options.call.input.dryRun)
  }
}
