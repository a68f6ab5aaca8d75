import SheepClient
import SheepCore

/// Finds the key that a choice stands for, as it is written where it was found.
struct KeyFinder {
  /// A key and where it came from.
  struct Found {
    /// Not checked in any way.
    let text: String
    /// For people: `HOLYSHEEP_API_KEY`, `--key-file PATH`, `--key-cmd`.
    let source: String
    /// For programs: `variable`, `file`, `command`.
    let kind: String
  }

  let environment: Environment

  /// The key of a choice; `nil` when there is none.
  /// - Parameter isHome: whether the address is the profile's own, so that its key may go there.
  /// - Throws: `usage` when a place that was named cannot be read.
  func find(_ choice: ConnectionChoice, _ profile: Profile, isHome: Bool) throws(Failure) -> Found? {
    if let path = choice.keyFile {
      return Found(text: try readFile(path), source: "--key-file \(path)", kind: "file")
    }
    if let command = choice.keyCommand {
      return Found(text: try run(command), source: "--key-cmd", kind: "command")
    }
    if let name = choice.keyVariable {
      guard let found = variable(name) else {
        throw Failure(.usage, "--key-env", "the variable \(name) is not set", advice: "export it first")
      }
      return found
    }
    if choice.baseURL != nil, let found = variable("SHEEP_API_KEY") { return found }
    for name in isHome ? profile.keyVariables : [] {
      if let found = variable(name) { return found }
    }
    return nil
  }

  private func variable(_ name: String) -> Found? {
    guard let value = environment.variable(name), !value.isEmpty else { return nil }
    return Found(text: value, source: name, kind: "variable")
  }

  private func readFile(_ path: String) throws(Failure) -> String {
    if let problem = environment.keyFileProblem(path) {
      throw Failure(.usage, path, problem, advice: "chmod 600 \(path), and own it")
    }
    do throws(SystemError) {
      return Self.firstLine(try environment.readFile(path))
    } catch {
      throw Failure(.usage, path, error.text, advice: "give a file that holds only the key")
    }
  }

  private func run(_ command: String) throws(Failure) -> String {
    guard let words = CommandWords.split(command), !words.isEmpty else {
      throw Failure(
        .usage, "--key-cmd", "is no command: empty, or a quote is not closed",
        advice: "give one such as 'pass show holysheep'")
    }
    do throws(CommandError) {
      return Self.firstLine(try environment.runCommand(words, .seconds(30)))
    } catch {
      throw Failure(.usage, "--key-cmd", "\(words[0]) \(error.problem)", advice: "run it by hand to see why")
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    var line = bytes.prefix { $0 != 0x0a }
    if line.last == 0x0d { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
