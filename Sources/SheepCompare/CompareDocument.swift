package import SheepCore

/// A comparison as data: how it was made, and every attempt. What is shown and said is
/// reckoned from this alone, whether it was just measured or read from a file.
package struct CompareDocument: Equatable, Sendable {
  /// One target.
  package struct Entry: Equatable, Sendable {
    /// As the user wrote it: `gpt-4.1@openai`.
    package var label: String
    package var model: String
    /// `nil` for an address without a profile.
    package var profile: String?
    package var host: String
    package var api: String
    /// Which of the runs it was measured in, from 0; several files together are several runs.
    package var run = 0

    /// A target by what it is called.
    package init(label: String, model: String, profile: String?, host: String, api: String) {
      self.label = label
      self.model = model
      self.profile = profile
      self.host = host
      self.api = api
    }
  }

  /// What a run was, where several files are shown together.
  package struct Run: Equatable, Sendable {
    /// The file's name.
    package var name: String
    /// Seconds since 1970.
    package var created: Int
    package var rounds: Int
    package var prompts: Int
    package var seed: UInt64
    /// The version of the program that measured it.
    package var version: String
  }

  package var entries: [Entry]
  package var rounds = 1
  package var prompts = 1
  package var seed: UInt64 = 0
  package var isParallel = false
  package var isCold = false
  package var cache = CacheGuard.off
  /// The resolution that was to end the rounds; `nil` when their number alone did.
  package var until: Double?
  /// The index of the target that was asked for as the baseline; `nil`: the leader.
  package var baseline: Int?
  package var records: [CompareRecord] = []
  /// Calls that only warmed up, and what they cost.
  package var warmup = CostSum()
  /// Seconds since 1970.
  package var created = 0
  /// Why it ended before its last round; `nil` when it did not.
  package var stopped: String?
  /// What a judge said of the answers; `nil` when none was asked.
  package var judging: CompareJudging?
  /// The runs of several files together; empty for a single one.
  package var runs: [Run] = []
  /// The prompts as they were given; empty when they are not kept.
  package var questions: [String] = []
  /// The version of the program that measured.
  package var version = Version.current
  /// The day of the price list that was used; `?`: unknown.
  package var pricesUpdated = "?"

  /// A comparison of these targets with nothing measured yet.
  package init(entries: [Entry]) {
    self.entries = entries
  }

  /// Whether all targets took part in the same rounds; false for several files together.
  package var isInterleaved: Bool { Set(entries.map(\.run)).count <= 1 }

  /// What all calls together cost, those that warmed up and those of the judge included.
  package var spent: CostSum {
    var sum = warmup
    sum.add(judging?.spent ?? CostSum())
    // What failed before its first token is not billed by anyone.
    for record in records where record.cost != nil || record.outputTokens != nil || record.isOK {
      var cost = Cost.unknown
      if let amount = record.cost { cost = .reported(amount) }
      cost.isEstimate = record.tokensAreEstimated
      sum.add(cost)
    }
    return sum
  }
}
