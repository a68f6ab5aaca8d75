package import SheepCore
package import SheepOptions
package import SheepRun

/// The program: a command line in, output and an exit out.
package enum Program {
  /// Runs what the environment's arguments ask for.
  package static func run(_ environment: Environment) -> Termination {
    do throws(UsageError) {
      let (invocation, mistake) = try invocation(environment)
      switch invocation {
      case .help(let command, let isFull):
        return show(Help.text(command: command, isFull: isFull), environment)
      case .version: return show(VersionText.text(environment), environment)
      case .complete(let words): return show(CompletionCommand.text(words, environment), environment)
      case .command(let command):
        return try carryOut(command, environment, mistake ?? environment.settings.problem(beside: command))
      }
    } catch { return .exit(refuse(failure(error), environment)) }
  }

  /// Carries a command out.
  /// - Parameter mistake: what is wrong with the configuration.
  /// - Throws: that mistake, where the command needs the configuration.
  private static func carryOut(
    _ command: ParsedCommand, _ environment: Environment, _ mistake: Failure?
  ) throws(UsageError) -> Termination {
    guard let body = command.values as? any CommandBody else {
      throw UsageError(subject: command.name, problem: "nothing carries it out", wayOut: "")
    }
    let run = Run(environment, body.output, given: command.given)
    if let mistake {
      guard let loss = body.withoutConfiguration else {
        throw UsageError(
          subject: mistake.subject, problem: mistake.problem, wayOut: mistake.advice ?? "")
      }
      environment.settings.setAside()
      run.messages.note("\(mistake.sentence); \(loss)")
    }
    return body.termination(run)
  }

  private static func failure(_ error: UsageError) -> Failure {
    Failure(.usage, error.subject, error.problem, advice: error.wayOut.isEmpty ? nil : error.wayOut)
  }

  /// Says why a command line is not carried out, as JSON too where it asks for that.
  package static func refuse(_ failure: Failure, _ environment: Environment) -> ExitStatus {
    Messages(to: environment.standardError, isQuiet: false, errorsAsJSON: wantsJSON(environment))
      .error(failure)
    return ExitStatus(failure)
  }

  /// The command line, with the defaults of options from role, environment and configuration, and what is
  /// wrong with the configuration where the command can do without.
  private static func invocation(
    _ environment: Environment
  ) throws(UsageError) -> (Invocation, mistake: Failure?) {
    let settings = environment.settings
    // What corrects a configuration must not depend on it.
    if environment.arguments.first == "config" {
      return (try Invocation.parse(environment.arguments, PlainDefaults(environment.variable)), nil)
    }
    do throws(UsageError) { return (try Invocation.parse(environment.arguments, settings), nil) } catch {
      guard settings.isPlace(error.subject) else { throw error }
      settings.setAside()
      guard let other = try? Invocation.parse(environment.arguments, settings),
        case .command(let command) = other, (command.values as? any CommandBody)?.withoutConfiguration != nil
      else { throw error }
      return (other, failure(error))
    }
  }

  /// Writes a text to standard output.
  private static func show(_ text: String, _ environment: Environment) -> Termination {
    let run = Run(environment, OutputOptions())
    do throws(Failure) { try run.write(text) } catch { return run.end(error) }
    return .exit(.done)
  }

  /// Whether a command line that could not be read asked for JSON.
  private static func wantsJSON(_ environment: Environment) -> Bool {
    environment.arguments.prefix { $0 != "--" }.contains { $0 == "--json" || $0 == "--jsonl" }
  }
}
