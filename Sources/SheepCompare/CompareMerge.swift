import SheepCore

/// Several saved comparisons as one. Their targets stand side by side, but each keeps the run
/// that it was measured in: rounds of different runs were not interleaved and are never paired.
package enum CompareMerge {
  /// The documents together, in their order; `nil` without any.
  package static func merged(_ documents: [(name: String, document: CompareDocument)]) -> CompareDocument? {
    guard var result = documents.first?.document else { return nil }
    guard documents.count > 1 else { return result }
    let names = distinct(documents.map(\.name))
    let labels = documents.flatMap { $0.document.entries.map(\.label) }
    result.entries = []
    result.records = []
    result.runs = []
    result.judging = nil
    result.warmup = CostSum()
    result.stopped = nil
    // A baseline of one file says nothing about the other one.
    result.baseline = nil
    for (name, (_, document)) in zip(names, documents) {
      let offset = result.entries.count
      let firstRun = result.runs.count
      for var entry in document.entries {
        if labels.count(where: { $0 == entry.label }) > 1 { entry.label += " (\(name))" }
        entry.run += firstRun
        result.entries.append(entry)
      }
      for var record in document.records {
        record.target += offset
        result.records.append(record)
      }
      result.runs += document.runs.isEmpty ? [run(document, name)] : document.runs
      result.rounds = max(result.rounds, document.rounds)
      result.prompts = max(result.prompts, document.prompts)
      result.isCold = result.isCold || document.isCold
      result.isParallel = result.isParallel || document.isParallel
      result.stopped = result.stopped ?? document.stopped.map { "\(name): \($0)" }
      if result.questions != document.questions { result.questions = [] }
      result.warmup.add(document.warmup)
      result.addJudging(document.judging, offset: offset)
    }
    return result
  }

  private static func run(_ document: CompareDocument, _ name: String) -> CompareDocument.Run {
    CompareDocument.Run(
      name: name, created: document.created, rounds: document.rounds, prompts: document.prompts,
      seed: document.seed, version: document.version)
  }

  /// The files' names without their folders where that tells them apart; a file that is named
  /// twice gets a number.
  private static func distinct(_ paths: [String]) -> [String] {
    let short = paths.map { path in path.split(separator: "/").last.map(String.init) ?? path }
    let names = paths.indices.map { index in
      let isAmbiguous = short.indices.contains { short[$0] == short[index] && paths[$0] != paths[index] }
      return isAmbiguous ? paths[index] : short[index]
    }
    return names.indices.map { index in
      let earlier = names[..<index].count { $0 == names[index] }
      return earlier > 0 ? "\(names[index]), \(earlier + 1)" : names[index]
    }
  }
}
