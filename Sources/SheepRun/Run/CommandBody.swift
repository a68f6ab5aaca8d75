package import SheepCore
package import SheepOptions

/// The options of a command that can be carried out: each command's folder adds this to its own.
package protocol CommandBody: CommandValues {
  /// How the command speaks: `--json`, `--color` and `--quiet` as far as it has them.
  var output: OutputOptions { get }

  /// What the command does without when there is a mistake in the configuration, as a clause; `nil` where the
  /// mistake stops it.
  var withoutConfiguration: String? { get }

  /// Carries the command out.
  /// - Returns: how the program ends.
  /// - Throws: what kept it from its end; the exit code follows from that.
  func carryOut(_ run: Run) throws(Failure) -> Termination
}

extension CommandBody {
  package var withoutConfiguration: String? { nil }

  /// Carries the command out, says what went wrong, and finds how the program ends.
  package func termination(_ run: Run) -> Termination {
    defer { run.stopDemo() }
    do throws(Failure) { return try carryOut(run) } catch { return run.end(error) }
  }

  /// The same in a run of its own.
  package func termination(in environment: Environment) -> Termination {
    termination(Run(environment, output))
  }
}
