import SheepMock
import SheepOptions

/// The faults of `sheep mock` in `docs/faults.md`.
enum FaultTable {
  /// The table's lines.
  static func text() -> String {
    var table = MarkdownTable(["fault", "does"])
    for group in MockGateway.faults {
      table.add(["*\(group.heading)*", ""])
      for fault in group.faults { table.add(["`\(fault.form)`", Markup.escaped(fault.summary)]) }
    }
    return table.text
  }
}
