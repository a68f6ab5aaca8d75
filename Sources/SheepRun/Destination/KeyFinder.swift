import SheepCore
import SheepOptions
import SheepStore

/// Finds keys, as they are written where they were found.
package struct KeyFinder {
  /// A key and where it came from.
  package struct Found {
    /// Not checked in any way.
    package let text: String
    /// For people: `HOLYSHEEP_API_KEY`, `--key-file PATH`, `--key-cmd`.
    package let source: String
    /// For programs: `variable`, `file`, `command`.
    package let kind: String

    /// A key as it was found.
    package init(text: String, source: String, kind: String) {
      self.text = text
      self.source = source
      self.kind = kind
    }
  }

  private let environment: Environment

  /// Looks in the variables, files and commands of `environment`.
  package init(environment: Environment) {
    self.environment = environment
  }

  /// The key that the options name; `nil`: they name none.
  /// - Throws: `usage` when the place that is named cannot be read.
  func given(_ options: ConnectionOptions) throws(Failure) -> Found? {
    if let path = options.keyFile {
      return Found(text: try readFile(path), source: "--key-file \(path)", kind: "file")
    }
    if let command = options.keyCommand {
      return Found(text: try run(command, "--key-cmd"), source: "--key-cmd", kind: "command")
    }
    guard let name = options.keyEnvironmentName else { return nil }
    if let found = variable(name) { return found }
    throw Failure(.usage, "--key-env", "the variable \(name) is not set", advice: "export it first")
  }

  /// The keys that belong to an address by themselves, in the order of rotation; empty when there is
  /// none.
  ///
  /// - Parameter profile: the profile whose own address is meant, so that its keys may go there;
  ///   `nil` for another address.
  /// - Throws: `usage` when a place that was named cannot be read.
  func keys(isAddressGiven: Bool, _ profile: ProfileBook.Entry?) throws(Failure) -> [Found] {
    if isAddressGiven, let found = variable("SHEEP_API_KEY") { return [found] }
    return try profile.map { profile throws(Failure) in try keys(of: profile) } ?? []
  }

  /// The keys at a profile's places. Variables of a built-in profile stand for each other; the
  /// places that the user lists are used in turn.
  private func keys(of profile: ProfileBook.Entry) throws(Failure) -> [Found] {
    var keys: [Found] = []
    for place in profile.keys {
      guard let key = try key(at: place), !keys.contains(where: { $0.text == key.text }) else { continue }
      keys.append(key)
      if !profile.rotatesKeys { break }
    }
    return keys
  }

  /// The key at a place; `nil` for a variable that is not set, which others may make up for.
  private func key(at place: KeyPlace) throws(Failure) -> Found? {
    switch place {
    case .variable(let name): variable(name)
    case .file(let path):
      Found(text: try readFile(environment.expanded(path)), source: path, kind: "file")
    case .command(let command):
      Found(text: try run(command, "key_cmd"), source: "key_cmd", kind: "command")
    }
  }

  private func variable(_ name: String) -> Found? {
    guard let value = environment.variable(name), !value.isEmpty else { return nil }
    return Found(text: value, source: name, kind: "variable")
  }

  private func readFile(_ path: String) throws(Failure) -> String {
    if let problem = environment.keyFileProblem(path) {
      throw Failure(.usage, path, problem, advice: advice(path))
    }
    return Self.firstLine(try environment.contents(of: path, advice: "use a file that contains only the key"))
  }

  /// What to do about a file that is not safe: its permissions are worth a change only if it holds a key.
  private func advice(_ path: String) -> String {
    guard let bytes = try? environment.readFile(path), Self.holdsOnlyAKey(bytes) else {
      return "is it a key file? use one that contains only the key and that only you can read"
    }
    return "run: chmod 600 \(path), or use a copy that only you can read"
  }

  /// Whether a file is one word on one line, as a key is.
  private static func holdsOnlyAKey(_ bytes: [UInt8]) -> Bool {
    let words = bytes.split {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    return words.count == 1 && words[0].count <= 4096
  }

  private func run(_ command: String, _ subject: String) throws(Failure) -> String {
    guard let words = CommandWords.split(command), !words.isEmpty else {
      throw Failure(
        .usage, subject, "is not a command: it is empty, or a quote is not closed",
        advice: "use one such as 'pass show holysheep'")
    }
    do throws(CommandError) {
      return Self.firstLine(try environment.runCommand(words, .seconds(30)))
    } catch {
      throw Failure(.usage, subject, "\(words[0]) \(error.problem)", advice: "run it yourself to see why")
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
