import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// What the chat says beside the answers, on standard error: notes, tables, receipts, failures.
///
/// Everything passes the escape filter; looks are added afterwards.
final class ChatScreen {
  let messages: Messages
  private let environment: Environment
  private let color: When
  private let sink: any ByteSink

  init(_ environment: Environment, _ options: OutputOptions) {
    self.environment = environment
    color = options.color
    sink = environment.standardError
    messages = Messages(
      to: sink, isQuiet: options.quiet, errorsAsJSON: false,
      style: Run.terminal(sink, environment, options.color).style)
    messages.width = { [sink, color] in
      Run.terminal(sink, environment, color).width ?? 80
    }
  }

  /// What is known of standard error now: its width changes when the window does.
  var terminal: TerminalInfo { Run.terminal(sink, environment, color) }
  var style: Style { terminal.style }
  /// The columns of a row, 80 where they are not known.
  var width: Int { terminal.width ?? 80 }

  /// Says something worth knowing, dim, in whole words; nothing under `--quiet`.
  func note(_ text: String) {
    if messages.isQuiet { return }
    write(WordWrap.rows(Messages.filtered(text), width: width).map { style.dim($0) })
  }

  /// Says what was asked for, in whole words.
  func say(_ text: String) {
    write(WordWrap.rows(Messages.filtered(text), width: width))
  }

  /// Says what went wrong, in whole words.
  func fail(_ failure: Failure) {
    let rows = WordWrap.rows("sheep: " + Messages.filtered(failure.sentence), width: width)
    let style = style
    write(
      rows.enumerated().map { index, row in
        index == 0 && row.hasPrefix("sheep:") ? style.red("sheep:") + row.dropFirst(6) : row
      })
  }

  /// A receipt, dim; where it is longer than a row it is parted at its points.
  func receipt(_ parts: [String]) {
    if messages.isQuiet { return }
    write(rows(parts).map { style.dim($0) })
  }

  /// Parts in rows, filtered: as many in each as fit, with a point between them; a part that is
  /// longer than a row is parted between words.
  func rows(_ parts: [String]) -> [String] {
    var rows: [String] = []
    for part in parts.map(Messages.filtered) {
      let longer = rows.last.map { $0 + " · " + part } ?? part
      if !rows.isEmpty, TextWidth.of(longer) <= width {
        rows[rows.count - 1] = longer
      } else {
        rows.append(part)
      }
    }
    return rows.flatMap { WordWrap.rows($0, width: width) }
  }

  /// Text that is filtered and styled already, with its line ends.
  func show(_ text: String) {
    messages.beforeWriting?()
    sink.write(text)
  }

  /// An empty line between an answer and what comes next.
  func part() {
    if !messages.isQuiet { show("\n") }
  }

  /// A table in the terminal's width.
  func show(_ table: Table) {
    show(table.render(width: terminal.width, style: style))
  }

  private func write(_ rows: [String]) {
    show(rows.map { $0 + "\n" }.joined())
  }
}
