import SheepCatalog
import SheepCompare
import SheepCore
import SheepRun
import SheepTerminal

/// Progress on standard error: live rows on a terminal, plain lines elsewhere, nothing under
/// `--quiet`.
final class CompareProgress {
  private let sink: any ByteSink
  private let loop: any EventLoop
  private let terminal: TerminalInfo
  private let messages: Messages
  private let isQuiet: Bool
  private let run: CompareRun
  private let plan: ComparePlan
  private var timer: TimerID?
  private var drawnRows = 0

  /// More targets than this get one line together.
  private static let mostRows = 16
  /// Often enough to look alive, and too seldom to disturb what is measured.
  private static let period: Duration = .milliseconds(100)

  init(
    _ run: CompareRun, _ plan: ComparePlan, in program: Run
  ) {
    self.run = run
    self.plan = plan
    sink = program.environment.standardError
    loop = program.loop
    terminal = program.errorTerminal
    messages = program.messages
    isQuiet = messages.isQuiet
  }

  /// Whether rows are drawn.
  static func isLive(_ terminal: TerminalInfo) -> Bool { terminal.canRedraw }

  /// Begins to show.
  func begin() {
    guard !isQuiet else { return }
    if Self.isLive(terminal) {
      messages.beforeWriting = { [weak self] in self?.clear() }
      tick()
    } else if plan.rounds > 1 {
      run.onRound = { [weak self] round in self?.plainRound(round) }
    } else {
      run.onRecord = { [weak self] record in self?.plainRecord(record) }
    }
  }

  /// Takes the rows away.
  func end() {
    if let timer { loop.cancel(timer) }
    timer = nil
    clear()
    messages.beforeWriting = nil
  }

  private func tick() {
    draw()
    timer = loop.schedule(at: loop.now + Self.period) { [weak self] in self?.tick() }
  }

  private func plainRound(_ round: Int) {
    let records = run.document.records
    let good = records.count(where: \.isOK)
    messages.note(
      "round \(round)/\(plan.rounds): \(good)/\(records.count) ok, \(run.document.spent.display) so far")
  }

  private func plainRecord(_ record: CompareRecord) {
    let label = plan.targets[record.target].label
    guard record.failure == nil else { return }
    messages.note(
      "\(label): first token \(CompareText.seconds(record.times.firstToken?.milliseconds)), "
        + "total \(CompareText.seconds(record.times.total?.milliseconds))")
  }

  // MARK: Rows

  private func clear() {
    guard drawnRows > 0 else { return }
    sink.write("\u{1b}[\(drawnRows)A\r\u{1b}[J")
    drawnRows = 0
  }

  private func draw() {
    let width = max(20, (terminal.width ?? 80) - 1)
    var rows: [String] = []
    if plan.units.count > 1 { rows.append(headline.truncated(to: width)) }
    if plan.targets.count <= Self.mostRows {
      let name = plan.targets.map { TextWidth.of($0.label) }.max() ?? 0
      for index in plan.targets.indices { rows.append(row(index, name: min(name, 32), width: width)) }
    }
    var text = drawnRows > 0 ? "\u{1b}[\(drawnRows)A\r" : ""
    for row in rows { text += row + "\u{1b}[K\n" }
    sink.write(text)
    drawnRows = rows.count
  }

  private var headline: String {
    let done = run.document.records.count
    let unit = min(plan.units.count, done / max(1, plan.targets.count) + 1)
    let round = (unit - 1) / max(1, plan.requests.count) + 1
    return "round \(round)/\(plan.rounds) · \(done)/\(plan.calls) calls · "
      + "\(run.document.spent.display) so far"
  }

  private func row(_ index: Int, name: Int, width: Int) -> String {
    let style = terminal.style
    let target = plan.targets[index]
    let lane = run.lanes.first { $0.index == index }
    let records = run.document.records.filter { $0.target == index }
    let label = Messages.filtered(target.label).truncated(to: name).padded(to: name)
    let (mark, ink, words) = state(lane, records, target)
    let text = words.truncated(to: max(1, width - name - 4))
    return style(mark, ink) + " " + style.cyan(label) + "  " + (lane == nil ? style.dim(text) : text)
  }

  private func state(
    _ lane: CallLane?, _ records: [CompareRecord], _ target: Destination
  ) -> (mark: String, ink: Ink, words: String) {
    if let lane { return ("●", .yellow, live(lane, target)) }
    guard let last = records.last else { return ("·", .dim, "waiting") }
    if plan.units.count > 1 {
      let good = records.filter(\.isOK)
      let median = Sample(good.compactMap { $0.times.firstToken?.milliseconds }).median
      let words = "\(good.count)/\(records.count) ok   first token \(CompareText.seconds(median))"
      return good.count == records.count ? ("✓", .green, words) : ("!", .yellow, words)
    }
    if last.failure != nil { return ("✗", .red, "failed") }
    let cost = last.cost.map { (last.tokensAreEstimated ? "~" : "") + $0.display } ?? "unknown"
    return (
      "✓", .green,
      "done       first \(CompareText.seconds(last.times.firstToken?.milliseconds))  "
        + CompareText.rate(last.decodeRate).padded(to: 5, .right) + " tok/s  "
        + (last.outputTokens.map(String.init) ?? "-").padded(to: 6, .right) + " tok"
        + "  \(cost)"
    )
  }

  private func live(_ lane: CallLane, _ target: Destination) -> String {
    let now = loop.now
    guard let first = lane.firstDelta else {
      return "waiting    " + CompareText.seconds((now - lane.start).milliseconds)
    }
    let tokens = lane.tokens
    let elapsed = (now - first).inSeconds
    let speed = elapsed > 0.2 ? CompareText.rate(Double(tokens) / elapsed) : "-"
    let word = lane.state == .thinking ? "thinking " : "answering"
    let cost = CostForecast.running(inputTokens: 0, at: target.quote)?(tokens).map { "~" + $0.display }
    // In columns, so that the rows stay still while the numbers grow.
    return "\(word)  first \(CompareText.seconds((first - lane.start).milliseconds))  "
      + (speed == "-" ? speed : "~" + speed).padded(to: 5, .right) + " tok/s  "
      + "~\(tokens)".padded(to: 6, .right) + " tok  \(cost ?? "")"
  }
}
