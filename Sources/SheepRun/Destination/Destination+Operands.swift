package import SheepCore
package import SheepOptions
import SheepWire

extension Destination {
  /// The choices of a command whose operands are profiles; without any, the one of its options.
  ///
  /// The keys and headers of the options belong to the first of them.
  package static func choices(
    _ profiles: [String], _ options: ConnectionOptions, in run: Run
  ) throws(Failure) -> [Choice] {
    if profiles.isEmpty { return [try Choice(options, in: run)] }
    var options = options
    var choices: [Choice] = []
    for name in profiles {
      options.profile = name
      let choice = try Choice(options, in: run)
      // Where the first has no address, nobody is sent them.
      options.secretOrigin = options.secretOrigin ?? (try? choice.site().base.origin) ?? ""
      choices.append(choice)
    }
    return choices
  }
}
