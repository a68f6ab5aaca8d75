import SheepClient
import SheepCore
import SheepWire

/// Looks at a key where it lies, before anything is sent.
struct KeyInspection {
  let environment: Environment

  /// What can be said of the key of one place.
  /// - Parameter demoKey: the key of the gateway inside this process, when it is that one's turn.
  func inspect(_ place: Place, demoKey: Secret?) -> KeyReport {
    let choice = place.choice
    var report = KeyReport(name: choice.profile ?? choice.baseURL ?? Profile.defaultName)
    do throws(Failure) {
      try look(choice, demoKey, &report)
    } catch {
      report.failure = error
    }
    return report
  }

  private func look(
    _ choice: ConnectionChoice, _ demoKey: Secret?, _ report: inout KeyReport
  ) throws(Failure) {
    let resolver = TargetResolver(environment: environment)
    let profile = try resolver.profile(choice)
    let base = try BaseURL(choice.baseURL ?? profile.baseURL)
    let isHome = try base.origin == BaseURL(profile.baseURL).origin
    report.baseURL = base.text
    report.profile = isHome ? profile.name : nil
    report.name = demoKey != nil ? "demo" : isHome || choice.profile != nil ? profile.name : base.host
    var found = demoKey.map { KeyFinder.Found(text: $0.exposed, source: "the demo", kind: "demo") }
    if found == nil { found = try KeyFinder(environment: environment).find(choice, profile, isHome: isHome) }
    guard let found else {
      if base.isLoopback {
        report.isNeedless = true
        return
      }
      throw TargetResolver.missingKey(profile, base, isHome: isHome)
    }
    report.source = found.source
    report.sourceKind = found.kind
    report.mask = Self.mask(found.text)
    let form = KeyForm(found.text, profile: report.profile)
    report.findings = form.findings
    if let fatal = form.findings.first(where: \.isFatal) {
      throw Failure(.usage, found.source, "the key cannot be right: \(fatal.problem)", advice: fatal.advice)
    }
    report.target = try resolver.target(choice, profile, base, isHome: isHome, key: found)
  }

  /// The mask of what is most likely the key in a text that may have more around it.
  static func mask(_ text: String) -> String {
    let visible = text.utf8.filter { $0 > 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x27 && $0 != 0x60 }
    return Secret(String(decoding: visible, as: UTF8.self)).masked
  }
}
