import SheepClient
import SheepCore
import SheepRun
import SheepWire

/// Looks at a key where it lies, before anything is sent.
struct KeyInspection: ~Copyable {
  let environment: Environment

  /// What can be said of the keys of one place: one report for each key, or for none.
  /// - Parameter demoKey: the key of the gateway inside this process, when it is that one's turn.
  func inspect(_ place: Place, demoKey: Secret?) -> [KeyReport] {
    let choice = place.choice
    var report = KeyReport(name: choice.profile ?? choice.baseURL ?? Profile.defaultName)
    do throws(Failure) {
      return try look(choice, demoKey, &report)
    } catch {
      report.failure = error
      return [report]
    }
  }

  private func look(
    _ choice: ConnectionChoice, _ demoKey: Secret?, _ report: inout KeyReport
  ) throws(Failure) -> [KeyReport] {
    let resolver = TargetResolver(environment: environment)
    let spot = try resolver.spot(choice)
    report.baseURL = spot.base.text
    report.profile = spot.isHome ? spot.entry.profile.name : nil
    report.name =
      demoKey != nil
      ? "demo" : spot.isHome || choice.profile != nil ? spot.entry.profile.name : spot.base.host
    var found = demoKey.map { [KeyFinder.Found(text: $0.exposed, source: "the demo", kind: "demo")] } ?? []
    if found.isEmpty { found = try resolver.keys(choice, spot) }
    if found.isEmpty {
      guard spot.isKeyless else { throw TargetResolver.missingKey(spot) }
      report.isNeedless = true
      return [report]
    }
    return found.map { key in
      var report = report
      do throws(Failure) { try look(at: key, choice, spot, &report) } catch {
        report.failure = error
      }
      return report
    }
  }

  private func look(
    at found: KeyFinder.Found, _ choice: ConnectionChoice, _ spot: TargetResolver.Spot,
    _ report: inout KeyReport
  ) throws(Failure) {
    report.source = found.source
    report.sourceKind = found.kind
    report.mask = Self.mask(found.text)
    let form = KeyForm(found.text, profile: report.profile)
    report.findings = form.findings
    if let fatal = form.findings.first(where: \.isFatal) {
      throw Failure(.usage, found.source, "the key cannot be right: \(fatal.problem)", advice: fatal.advice)
    }
    report.target = try TargetResolver(environment: environment).target(choice, spot, [found])
  }

  /// The mask of what is most likely the key in a text that may have more around it.
  static func mask(_ text: String) -> String {
    let visible = text.utf8.filter { $0 > 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x27 && $0 != 0x60 }
    return Secret(String(decoding: visible, as: UTF8.self)).masked
  }
}
