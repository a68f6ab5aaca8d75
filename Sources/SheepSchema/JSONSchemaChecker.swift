import SheepCore

/// One check of one value against the rules of a schema; see `JSONSchema`.
struct JSONSchemaChecker {
  typealias Violation = JSONSchema.Violation

  private let nodes: [[JSONSchemaRule]]
  private var limit: Int
  private var findings: [Finding] = []
  private var path: [Step] = []
  private var depth = 0
  private var budget = 2_000_000
  private var patternSteps = TextPattern.usualSteps
  private var unfinished: String?

  /// A violation, and for one of a combination the innermost one that led to it: a message
  /// names that one and not the whole way there.
  private struct Finding {
    let violation: Violation
    let cause: Violation
  }

  /// One step from a value to a part of it.
  private enum Step {
    case index(Int)
    case name(String)
  }

  /// Values nest up to 512 levels, and each may pass through a few combinations: deeper than
  /// this is a schema that refers to itself without end.
  private static let depthLimit = 1600

  /// Prepares a check that stops after `limit` violations.
  init(nodes: [[JSONSchemaRule]], limit: Int) {
    self.nodes = nodes
    self.limit = limit
  }

  /// All violations of the value, up to the limit.
  mutating func check(_ value: JSON) -> [Violation] {
    apply(0, to: value)
    if let unfinished {
      return [Violation(path: "$", problem: "was not fully checked: \(unfinished)")]
    }
    return findings.map(\.violation)
  }

  private var isDone: Bool { findings.count >= limit || unfinished != nil }

  // Not copied into the thirty places that report, nor are the four below into theirs: that was a
  // seventh of the module's build.
  @inline(never)
  private mutating func report(_ problem: String, because cause: Violation? = nil) {
    if isDone { return }
    var text = "$"
    for step in path {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .name(let name): text += Self.isPlain(name) ? "." + name : "[\(Self.quoted(name))]"
      }
    }
    let violation = Violation(path: text, problem: problem)
    findings.append(Finding(violation: violation, cause: cause ?? violation))
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private static func quoted(_ name: String) -> String { JSON.string(name).serialized(.terminal) }

  /// Applies all rules of a schema to a value at the current path.
  @inline(never)
  private mutating func apply(_ node: Int, to value: JSON) {
    if isDone { return }
    if depth >= Self.depthLimit {
      unfinished = "the schema refers to itself endlessly, or the value is nested too deeply"
      return
    }
    depth += 1
    defer { depth -= 1 }
    for rule in nodes[node] {
      spend(1)
      if isDone { return }
      apply(rule, to: value)
    }
  }

  @inline(never)
  private mutating func spend(_ steps: Int) {
    budget -= steps
    if budget < 0, unfinished == nil { unfinished = "checking it takes too long" }
  }

  @inline(never)
  private mutating func canonical(_ value: JSON) -> [UInt8] {
    let bytes = CanonicalJSON.bytes(value)
    spend(bytes.count / 8)
    return bytes
  }

  private mutating func apply(_ rule: JSONSchemaRule, to value: JSON) {
    switch rule {
    case .never: report("is not allowed")
    case .types(let types): check(types, value)
    case .values(let allowed, let shown):
      if !allowed.contains(canonical(value)) { report("is not an allowed value: \(shown)") }
    case .reference(let node): apply(node, to: value)
    case .all(let nodes): for node in nodes { apply(node, to: value) }
    case .any, .one, .not, .conditional: applyCombination(rule, to: value)
    default:
      switch value {
      case .number(let number): check(rule, ExactNumber(number), number.text)
      case .string(let text): check(rule, text)
      case .array(let elements): check(rule, elements)
      case .object(let object): check(rule, object)
      case .null, .bool: break
      }
    }
  }

  private mutating func check(_ types: JSONTypes, _ value: JSON) {
    var own = JSONTypes.of(value)
    if !own.isDisjoint(with: types) { return }
    if own.contains(.integer) { own = .integer }
    report("is \(own.phrase), not \(types.phrase)")
  }

  /// Applies a schema on trial: what is wrong first, or `nil` when the value follows it.
  @inline(never)
  private mutating func trial(_ node: Int, _ value: JSON) -> Violation? {
    let kept = (findings, limit)
    (findings, limit) = ([], 1)
    apply(node, to: value)
    let found = findings.first?.cause
    (findings, limit) = kept
    return found
  }

  private mutating func applyCombination(_ rule: JSONSchemaRule, to value: JSON) {
    switch rule {
    case .any(let nodes):
      var nearest: Violation?
      for node in nodes {
        guard let violation = trial(node, value) else { return }
        if violation.path.utf8.count > nearest?.path.utf8.count ?? -1 { nearest = violation }
      }
      reportNone(of: nodes.count, nearest)
    case .one(let nodes):
      var nearest: Violation?
      var matches = 0
      for node in nodes {
        if let violation = trial(node, value) {
          if violation.path.utf8.count > nearest?.path.utf8.count ?? -1 { nearest = violation }
        } else {
          matches += 1
        }
      }
      if matches == 0 {
        reportNone(of: nodes.count, nearest)
      } else if matches > 1 {
        report("matches \(matches) of \(nodes.count) alternatives instead of exactly one")
      }
    case .not(let node):
      if trial(node, value) == nil { report("is excluded by 'not' in the schema") }
    case .conditional(let test, let then, let otherwise):
      let branch = trial(test, value) == nil ? then : otherwise
      if let branch { apply(branch, to: value) }
    default: break
    }
  }

  private mutating func reportNone(of count: Int, _ nearest: Violation?) {
    let detail = nearest.map {
      count == 1 ? ": \($0.path) \($0.problem)" : "; nearest: \($0.path) \($0.problem)"
    }
    report("matches none of \(count) alternatives" + (detail ?? ""), because: nearest)
  }

  private mutating func check(_ rule: JSONSchemaRule, _ number: ExactNumber, _ text: String) {
    let own = text.utf8.count <= 40 ? text : "a number of \(text.utf8.count) characters"
    switch rule {
    case .minimum(let bound, let isExclusive, let shown):
      if isExclusive ? number <= bound : number < bound {
        report("is \(own), \(isExclusive ? "not above" : "below") \(shown)")
      }
    case .maximum(let bound, let isExclusive, let shown):
      if isExclusive ? number >= bound : number > bound {
        report("is \(own), \(isExclusive ? "not below" : "above") \(shown)")
      }
    case .multiple(let divisor, let shown):
      if number.isMultiple(of: divisor) == false { report("is \(own), not a multiple of \(shown)") }
    default: break
    }
  }

  private mutating func check(_ rule: JSONSchemaRule, _ text: String) {
    spend(text.utf8.count / 64)
    switch rule {
    case .length(let bounds):
      if let problem = bounds.problem(text.unicodeScalars.count, unit: "characters") { report(problem) }
    case .pattern(let pattern):
      if !occurs(pattern, in: text) { report("does not match the pattern \(Self.quoted(pattern.source))") }
    default: break
    }
  }

  private mutating func occurs(_ pattern: TextPattern, in text: String) -> Bool {
    guard let occurs = pattern.occurs(in: text, steps: &patternSteps) else {
      unfinished = unfinished ?? "the pattern \(Self.quoted(pattern.source)) takes too long"
      return false
    }
    return occurs
  }

  private mutating func check(_ rule: JSONSchemaRule, _ elements: [JSON]) {
    spend(elements.count)
    switch rule {
    case .items(let first, let rest):
      for (index, element) in elements.enumerated() {
        guard let node = index < first.count ? first[index] : rest, !isDone else { return }
        descend(.index(index), node, element)
      }
    case .itemCount(let bounds):
      if let problem = bounds.problem(elements.count, unit: "items") { report(problem) }
    case .uniqueItems:
      var seen: [[UInt8]: Int] = [:]
      for (index, element) in elements.enumerated() {
        if let earlier = seen.updateValue(index, forKey: canonical(element)) {
          report("has the same item at \(earlier) and \(index)")
          return
        }
      }
    case .contains(let node, let bounds):
      var count = 0
      for element in elements where trial(node, element) == nil { count += 1 }
      if let problem = bounds.problem(count, unit: "items that match 'contains'") {
        report(problem)
      }
    default: break
    }
  }

  private mutating func check(_ rule: JSONSchemaRule, _ object: JSONObject) {
    spend(object.members.count)
    let members = JSONSchemaCompiler.distinct(object)
    switch rule {
    case .members(let properties, let patterns, let rest):
      for (name, value) in members {
        if isDone { return }
        check(name, value, properties, patterns, rest)
      }
    case .required(let names):
      let present = Set(members.map { NameKey($0.0) })
      for name in names where !present.contains(NameKey(name)) {
        report("lacks the required member \(Self.quoted(name))")
      }
    case .memberCount(let bounds):
      if let problem = bounds.problem(members.count, unit: "members") { report(problem) }
    case .names(let node):
      for (name, _) in members {
        if let violation = trial(node, .string(name)) {
          report("has a member named \(Self.quoted(name)), which \(violation.problem)")
        }
      }
    case .dependentNames(let dependencies):
      let present = Set(members.map { NameKey($0.0) })
      for (name, needs) in dependencies where present.contains(NameKey(name)) {
        for need in needs where !present.contains(NameKey(need)) {
          report("has \(Self.quoted(name)), so it also needs \(Self.quoted(need))")
        }
      }
    case .dependentSchemas(let dependencies):
      let present = Set(members.map { NameKey($0.0) })
      for (name, node) in dependencies where present.contains(NameKey(name)) {
        apply(node, to: .object(object))
      }
    default: break
    }
  }

  private mutating func check(
    _ name: String, _ value: JSON, _ properties: [NameKey: Int],
    _ patterns: [(pattern: TextPattern, node: Int)], _ rest: Int?
  ) {
    var isKnown = false
    if let node = properties[NameKey(name)] {
      isKnown = true
      descend(.name(name), node, value)
    }
    for (pattern, node) in patterns where occurs(pattern, in: name) {
      isKnown = true
      descend(.name(name), node, value)
    }
    if !isKnown, let rest { descend(.name(name), rest, value) }
  }

  private mutating func descend(_ step: Step, _ node: Int, _ value: JSON) {
    path.append(step)
    apply(node, to: value)
    path.removeLast()
  }
}
