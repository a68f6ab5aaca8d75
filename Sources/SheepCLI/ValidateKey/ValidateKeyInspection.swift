import SheepClient
import SheepCore
import SheepRun
import SheepWire

/// Looks at a key where it lies, before anything is sent.
struct KeyInspection {
  /// What can be said of the keys of one place: one report for each key, or for none.
  /// - Parameter demoKey: the key of the gateway inside this process, when it is that one's turn.
  func inspect(_ choice: Destination.Choice, demoKey: Secret?) -> [KeyReport] {
    var report = KeyReport(name: choice.name)
    do throws(Failure) {
      return try look(choice, demoKey, &report)
    } catch {
      report.failure = error
      return [report]
    }
  }

  private func look(
    _ choice: Destination.Choice, _ demoKey: Secret?, _ report: inout KeyReport
  ) throws(Failure) -> [KeyReport] {
    let site = try choice.site()
    report.baseURL = site.base.text
    report.profile = site.profile
    report.name =
      demoKey != nil ? "demo" : site.profile ?? (choice.namesProfile ? choice.profile : site.base.host)
    var found = demoKey.map { [KeyFinder.Found(text: $0.exposed, source: "the demo", kind: "demo")] } ?? []
    if found.isEmpty { found = try choice.keys(at: site) }
    if found.isEmpty {
      guard site.isKeyless else { throw choice.missingKey(at: site) }
      report.isNeedless = true
      return [report]
    }
    return found.map { key in
      var report = report
      do throws(Failure) { try look(at: key, choice, site, &report) } catch {
        report.failure = error
      }
      return report
    }
  }

  private func look(
    at found: KeyFinder.Found, _ choice: Destination.Choice, _ site: Destination.Choice.Site,
    _ report: inout KeyReport
  ) throws(Failure) {
    report.source = found.source
    report.sourceKind = found.kind
    report.mask = Self.mask(found.text)
    let form = KeyForm(found.text, profile: report.profile)
    report.findings = form.findings
    if let fatal = form.findings.first(where: \.isFatal) {
      throw Failure(.usage, found.source, "the key cannot be valid: \(fatal.problem)", advice: fatal.advice)
    }
    report.target = try choice.target(at: site, [found])
  }

  /// The mask of what is most likely the key in a text that may have more around it.
  static func mask(_ text: String) -> String {
    let visible = text.utf8.filter {
      $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "`")
    }
    return Secret(String(decoding: visible, as: UTF8.self)).masked
  }
}
