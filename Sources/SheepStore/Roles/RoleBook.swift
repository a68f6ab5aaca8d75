package import SheepCore

/// The roles there are: the user's, one file each, and those that are built in. A file counts
/// more than a built-in role of its name.
package struct RoleBook: Sendable {
  /// The folder of the user's roles, `config/sheep/roles`; `nil`: there is no place for any.
  package let folder: String?
  private let files: FileAccess
  private let rules: ConfigurationReader.Rules

  /// The roles in a folder, and the built-in ones.
  package init(folder: String?, files: FileAccess, rules: ConfigurationReader.Rules) {
    self.folder = folder
    self.files = files
    self.rules = rules
  }

  /// All names, in the order of the alphabet.
  package var names: [String] {
    Array(Set(ownNames + BuiltInRoles.all.map(\.name))).sorted()
  }

  private var ownNames: [String] {
    guard let folder else { return [] }
    return files.names(folder).compactMap { file in
      file.utf8.suffix(3).elementsEqual(".md".utf8) ? StoredName(String(file.dropLast(3)))?.text : nil
    }
  }

  /// The role of that name, with its file read anew.
  /// - Throws: `usage` for a name that is none, one that is not known, and a file with a mistake,
  ///   whose place it names.
  package func role(named text: String) throws(Failure) -> Role {
    guard let name = StoredName(text) else {
      throw Failure(.usage, "--role", "not a valid role name", advice: StoredName.rule)
    }
    if let role = try own(name) { return role }
    guard let builtIn = BuiltInRoles.all.first(where: { $0.name == name.text }) else {
      let names = names
      throw Failure(
        .usage, "role '\(name.text)'", "does not exist",
        advice: rules.nearest(name.text, names).map { "did you mean \($0)?" }
          ?? "roles: " + names.joined(separator: ", "))
    }
    do throws(ConfigurationProblem) {
      return try RoleReader.read(builtIn.text, name: name.text, path: nil, rules: rules)
    } catch {
      throw Failure(.internalError, "role '\(name.text)'", error.problem)
    }
  }

  private func own(_ name: StoredName) throws(Failure) -> Role? {
    guard let folder else { return nil }
    let path = folder + "/" + name.text + ".md"
    let bytes: [UInt8]?
    do throws(FileProblem) { bytes = try files.read(path) } catch {
      throw Failure(.usage, path, error.problem, advice: error.advice)
    }
    guard let bytes else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.usage, path, "is not UTF-8", advice: "convert it first, for example with iconv")
    }
    do throws(ConfigurationProblem) {
      return try RoleReader.read(text, name: name.text, path: path, rules: rules)
    } catch {
      throw Failure(
        .usage, path + (error.position.map { ":\($0)" } ?? ""), error.problem, advice: error.advice)
    }
  }
}
