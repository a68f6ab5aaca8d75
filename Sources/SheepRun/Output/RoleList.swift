package import SheepCore
package import SheepStore
package import SheepTerminal

/// The roles for `chat --list-roles`.
package struct RoleList {
  private let rows: [(name: String, role: Role?, problem: String?)]

  /// The roles of a book; one whose file has a mistake is listed with that.
  package init(_ book: RoleBook) {
    rows = book.names.map { name in
      do throws(Failure) { return (name, try book.role(named: name), nil) } catch {
        return (name, nil, error.sentence)
      }
    }
  }

  /// An object for each.
  package var json: [JSON] {
    rows.map { name, role, problem in
      let variables = (role?.variables ?? []).map { variable -> JSON in
        ["name": .string(variable.name), "default": variable.preset.map { .string($0) } ?? .null]
      }
      return [
        "name": .string(name), "description": role?.description.map { .string($0) } ?? .null,
        "model": role?.model.map { .string($0) } ?? .null, "variables": .array(variables),
        "path": role?.path.map { .string($0) } ?? .null, "problem": problem.map { .string($0) } ?? .null,
      ]
    }
  }

  /// A row for each.
  package func table(width: Int?, style: Style) -> String {
    var table = ListTable()
    table.add("role", rows.map(\.name))
    table.add(
      "description", rows.map { Messages.filtered($0.problem ?? $0.role?.description ?? "") },
      canShrink: true)
    let variables = rows.map { ($0.role?.variables ?? []).map { $0.preset == nil ? $0.name + "!" : $0.name } }
    table.add("variables", variables.map { $0.joined(separator: " ") }, rank: 3)
    table.add("model", rows.map { Messages.filtered($0.role?.model ?? "") }, rank: 2)
    table.add("from", rows.map { $0.role != nil && $0.role?.path == nil ? "built in" : "file" }, rank: 1)
    return table.render(width: width, style: style)
  }
}
