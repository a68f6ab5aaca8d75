package import SheepCore

extension ThinkingForm {
  /// What a model of that name takes.
  ///
  /// Claude 4.6 introduced the adaptive form and 4.7 refuses the budget; 4.5 and older refuse
  /// the adaptive one. A name without a version (`claude-opus-latest`) means a new model; a name
  /// that is no Claude's is a server that follows the older, better known form. Read in
  /// anthropic-sdk-python and in reports of the servers' refusals, 2026.
  package static func usual(for model: String) -> ThinkingForm {
    let words = words(model)
    guard let name = words.firstIndex(of: "claude") else { return .budget }
    guard let place = words[name...].firstIndex(where: { number($0) != nil }) else { return .adaptive }
    let major = number(words[place]) ?? 0
    let minor = place + 1 < words.endIndex ? number(words[place + 1]) ?? 0 : 0
    return (major, minor) >= (4, 6) ? .adaptive : .budget
  }

  /// Letters and digits in a row, in lower case.
  private static func words(_ model: String) -> [String] {
    let isWord: (UInt8) -> Bool = { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
    }
    return model.utf8.split { !isWord($0) }.map { word in
      String(decoding: word.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
  }

  /// A part of a version: at most two digits, so that dates are none.
  private static func number(_ word: String) -> Int? {
    word.utf8.count <= 2 ? Int(word) : nil
  }
}

/// What a request's effort becomes in this dialect.
struct AnthropicThinking {
  /// The `thinking` field; `nil` to leave it to the server.
  private(set) var field: JSON?
  /// `output_config.effort`; `nil` to leave it out.
  private(set) var effort: String?
  /// The tokens of the budget; `nil` without one.
  private(set) var budget: Int?

  /// The least budget that servers take.
  static let leastBudget = 1_024

  /// What the words stand for where a number is wanted; the vendor names none.
  private static let budgets: [(word: String, tokens: Int)] = [
    ("minimal", 1_024), ("low", 4_096), ("medium", 8_192), ("high", 16_384), ("xhigh", 32_768),
    ("max", 32_768),
  ]

  /// Reads the effort of a request; `form` overrules what the model's name says.
  /// - Throws: `usage` when the user's token limit leaves no room to think.
  init(_ request: Request, form: ThinkingForm?) throws(Failure) {
    guard let word = request.reasoningEffort?.lowercased() else { return }
    if word == "none" {
      field = ["type": "disabled"]
      return
    }
    let wanted = Self.budgets.first { $0.word == word }?.tokens
    if form ?? .usual(for: request.model) == .adaptive || wanted == nil {
      field = ["type": "adaptive"]
      // The least word here is `low`; a word that is not known is for the server to judge.
      effort = word == "minimal" ? "low" : word
      return
    }
    let budget = try Self.budget(wanted ?? Self.leastBudget, request)
    field = ["type": "enabled", "budget_tokens": .number(JSONNumber(budget))]
    self.budget = budget
  }

  /// The budget under the limit that holds, a fifth of which is left for the answer.
  private static func budget(_ wanted: Int, _ request: Request) throws(Failure) -> Int {
    if let limit = request.maxTokens, limit <= leastBudget {
      throw Failure(
        .usage, "--max-tokens", "\(limit) tokens leave this model no room for reasoning",
        advice: "allow more than \(leastBudget), or omit --reasoning-effort")
    }
    var limits = [request.maxTokens ?? request.modelLimit].compactMap { $0 }
    if !request.streams { limits.append(AnthropicBody.wholeLimit) }
    return limits.reduce(wanted) { min($0, max(leastBudget, $1 / 5 * 4)) }
  }
}
