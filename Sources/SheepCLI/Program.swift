package import SheepCore
package import SheepOptions
package import SheepRun

/// The program: a command line in, output and an exit out.
package enum Program {
  /// Runs what the environment's arguments ask for.
  package static func run(_ environment: Environment) -> Termination {
    do throws(UsageError) {
      return try dispatch(try invocation(environment), environment)
    } catch {
      return .exit(
        refuse(
          Failure(.usage, error.subject, error.problem, advice: error.wayOut.isEmpty ? nil : error.wayOut),
          environment))
    }
  }

  /// Says why a command line is not carried out, as JSON too where it asks for that.
  package static func refuse(_ failure: Failure, _ environment: Environment) -> ExitStatus {
    Messages(to: environment.standardError, isQuiet: false, errorsAsJSON: wantsJSON(environment))
      .error(failure)
    return ExitStatus(failure)
  }

  /// The command line, with the environment's and the configuration's defaults of options.
  private static func invocation(_ environment: Environment) throws(UsageError) -> Invocation {
    let settings = environment.settings
    // What mends a configuration must not depend on it.
    let isConfig = environment.arguments.first == "config"
    do throws(UsageError) {
      func parse() throws(UsageError) -> Invocation {
        try Invocation.parse(environment.arguments, isConfig ? environment.variable : settings.statedDefault)
        {
          name in isConfig ? nil : settings.configuredDefault(name)
        }
      }
      var invocation = try parse()
      if let role = try RoleInUse.chosen(by: invocation, settings) {
        settings.role = role
        invocation = try parse()
      }
      guard let problem = settings.problem else { return invocation }
      throw UsageError(
        subject: problem.subject, problem: problem.problem, wayOut: problem.advice ?? "")
    } catch {
      guard let place = settings.place(ofVariable: error.subject) else { throw error }
      throw UsageError(subject: place, problem: error.problem, wayOut: error.wayOut)
    }
  }

  private static func dispatch(
    _ invocation: Invocation, _ environment: Environment
  ) throws(UsageError) -> Termination {
    switch invocation {
    case .help(let command, let isFull): return show(Help.text(command: command, isFull: isFull), environment)
    case .version: return show(VersionText.text(environment), environment)
    case .complete(let words): return show(CompletionCommand.text(words, environment), environment)
    case .config(let options): return options.termination(in: environment)
    case .chat(let options): return options.termination(in: environment)
    case .stream(let options): return options.termination(in: environment)
    case .models(let options): return options.termination(in: environment)
    case .cost(let options): return options.termination(in: environment)
    case .ping(let options): return options.termination(in: environment)
    case .validateKey(let options): return options.termination(in: environment)
    case .compare(let options): return options.termination(in: environment)
    case .embed(let options): return options.termination(in: environment)
    case .mock(let options): return options.termination(in: environment)
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
