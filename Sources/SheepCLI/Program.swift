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
    case .config(let options): return ConfigCommand(options, environment).run()
    case .chat(let options): return ChatCommand(options, environment).run()
    case .stream(let options):
      return AskCommand(.stream, options.call, options.conversation, environment).run()
    case .models(let options): return ModelsCommand(options, environment).run()
    case .cost(let options): return CostCommand(options, environment).run()
    case .ping(let options): return PingCommand(options, environment).run()
    case .validateKey(let options): return ValidateKeyCommand(options, environment).run()
    case .compare(let options): return CompareCommand(options, environment).run()
    case .embed(let options): return EmbedCommand(options, environment).run()
    case .mock(let options): return MockCommand(options, environment).run()
    }
  }

  /// Writes a text to standard output; a reader that has gone is no error.
  static func show(_ text: String, _ environment: Environment) -> Termination {
    let result = environment.standardOutput.write(text)
    guard case .failed = result else { return .exit(.done) }
    Messages(to: environment.standardError, isQuiet: false, errorsAsJSON: false).error(
      CallRunner.failure(result))
    return .exit(.localIO)
  }

  /// Whether a command line that could not be read asked for JSON.
  private static func wantsJSON(_ environment: Environment) -> Bool {
    environment.arguments.prefix { $0 != "--" }.contains { $0 == "--json" || $0 == "--jsonl" }
  }
}
