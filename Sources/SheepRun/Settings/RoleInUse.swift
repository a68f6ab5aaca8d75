import SheepCore
import SheepOptions
package import SheepStore

/// The role of a run with its variables filled in.
package struct RoleInUse: Sendable {
  package let role: Role
  package let filled: Role.Filled

  /// A role as `filled` says it.
  package init(role: Role, filled: Role.Filled) {
    self.role = role
    self.filled = filled
  }

  /// The role that a command line, or a default, asks for; `nil`: none.
  /// - Throws: when there is no such role, its file has a mistake, or a variable has no value.
  static func chosen(
    _ name: String?, _ variables: [BodyField], _ settings: Settings
  ) throws(UsageError) -> RoleInUse? {
    guard let name else {
      guard let variable = variables.first else { return nil }
      throw UsageError(
        subject: "--var", problem: "'\(variable.key)' needs a role", wayOut: "add one with --role")
    }
    let role: Role
    do throws(Failure) { role = try settings.roles.role(named: name) } catch {
      throw UsageError(subject: error.subject, problem: error.problem, wayOut: error.advice ?? "")
    }
    return RoleInUse(role: role, filled: try fill(role, variables))
  }

  private static func fill(_ role: Role, _ values: [BodyField]) throws(UsageError) -> Role.Filled {
    do throws(RoleProblem) {
      return try role.fill(variables: values.map { ($0.key, $0.value) })
    } catch {
      let names = role.variables.map(\.name)
      if error.isMissing {
        throw UsageError(
          subject: "role '\(role.name)'", problem: "'\(error.variable)' has no value",
          wayOut: "add --var \(error.variable)=VALUE")
      }
      let near = Suggestion.nearest(to: error.variable, among: names).map { "did you mean \($0)?" }
      throw UsageError(
        subject: "role '\(role.name)'", problem: "has no variable \(Quoted.text(error.variable))",
        wayOut: near ?? (names.isEmpty ? "omit it" : "it has " + names.joined(separator: ", ")))
    }
  }

  /// What the role says for an option, by its variable's name, and where; `nil`: nothing.
  package func option(_ variable: String) -> (text: String, place: String?)? {
    if variable == "SHEEP_SYSTEM" {
      guard let system = filled.system else { return nil }
      // A text, not the name of a file.
      return (system.utf8.first == UInt8(ascii: "@") ? "@" + system : system, nil)
    }
    guard let option = role.options.last(where: { OptionInfo.environmentName(of: $0.name) == variable })
    else { return nil }
    let place = role.path.map { "\($0):\(option.text.position)" } ?? "role '\(role.name)'"
    return (option.text.value, "\(place): \(option.name)")
  }
}
