import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// One target of `ping`, as far as the settings say: what to check, or why it cannot be.
struct PingTarget {
  /// What people call it: the profile, or the host.
  var name: String
  /// `nil` when the settings are wrong.
  var baseURL: String?
  var profile: String?
  /// `nil` when none is named.
  var model: String?
  var maskedKey: String?
  /// `nil` when the layer `config` failed.
  var plan: Diagnosis.Plan?
  var config: CheckResult

  /// Reads the settings of one target; what is wrong with them becomes a failed check.
  static func make(
    _ choice: Destination.Choice, _ options: PingOptions, _ environment: Environment
  ) -> PingTarget {
    var model: String?
    do throws(Failure) { model = try choice.requiredModel() } catch { model = nil }
    do throws(Failure) {
      var keys: [KeyFinder.Found] = []
      let target: Target
      if choice.isDemo {
        target = try choice.target(needsKey: false)
      } else {
        let site = try choice.site()
        keys = try choice.keys(at: site)
        if keys.isEmpty, !site.isKeyless { throw choice.missingKey(at: site) }
        target = try choice.target(at: site, keys)
      }
      let config = Self.config(target, keys.first)
      var made = PingTarget(
        name: target.name, baseURL: target.baseURL.text, profile: target.profile, model: model,
        maskedKey: target.maskedKey, plan: nil, config: config)
      if config.state != .failed {
        made.plan = plan(choice, target, model, config, options, environment)
      }
      return made
    } catch {
      return PingTarget(
        name: choice.name, baseURL: choice.givenAddress,
        profile: choice.namesProfile ? choice.profile : nil, model: model,
        config: .failed(.config, error))
    }
  }

  private static func config(_ target: Target, _ key: KeyFinder.Found?) -> CheckResult {
    let facts: [(String, JSON)] = [
      ("base_url", .string(target.baseURL.text)), ("key", target.maskedKey.map { .string($0) } ?? .null),
      ("key_source", key.map { .string($0.source) } ?? .null),
    ]
    guard let key, let mask = target.maskedKey else {
      return CheckResult(.config, .ok, target.baseURL.text + ", no key needed", facts: facts)
    }
    let value = "\(target.baseURL.text), key \(mask) from \(key.source)"
    let form = KeyForm(key.text, profile: target.profile)
    guard let finding = form.findings.first(where: \.isFatal) ?? form.findings.first else {
      return CheckResult(.config, .ok, value, facts: facts)
    }
    if finding.isFatal {
      return .failed(
        .config,
        Failure(.usage, key.source, "the key cannot be valid: \(finding.problem)", advice: finding.advice),
        facts: facts)
    }
    return CheckResult(
      .config, .warning, "\(value), \(finding.problem)", advice: finding.advice, facts: facts)
  }

  private static func plan(
    _ choice: Destination.Choice, _ target: Target, _ model: String?, _ config: CheckResult,
    _ options: PingOptions, _ environment: Environment
  ) -> Diagnosis.Plan {
    var limits = TimeLimits()
    limits.connect = target.settings.connectTimeout
    limits.firstByte = .seconds(30)
    limits.idle = .seconds(30)
    limits.content = .seconds(30)
    if let limit = options.connection.firstByteTimeout, limit > .zero { limits.firstByte = limit }
    if let limit = options.connection.idleTimeout, limit > .zero {
      limits.idle = limit
      limits.content = limit
    }
    let proxy = ProxyInEffect(
      setting: target.settings.proxy, base: target.baseURL, variable: environment.variable)
    let quote = (try? choice.quote(for: model ?? "", at: target)) ?? .unknown
    let wanted = options.only.max() ?? (options.deep ? .serverTime : .model)
    var plan = Diagnosis.Plan(
      target: target, model: model, proxy: proxy, config: config, last: wanted, limits: limits,
      now: { Int64(environment.unixTime()) },
      price: { answer in
        let cost = Cost(of: answer.usage, reported: answer.reportedCost, at: quote)
        return PricedCall(text: cost.display, amount: cost.isFree ? .zero : cost.total)
      })
    plan.totalTime = options.connection.userMaxTime
    return plan
  }
}
