import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun

/// The tokens that `sheep cost` is asked about: counted by the user, or estimated from text.
struct CostInput {
  /// A piece of text or a file with its estimated tokens.
  struct Piece {
    var name: String
    var estimate: TokenEstimate
  }

  /// The prompt's tokens in all.
  var prompt: TokenEstimate
  /// Whether they are an estimate.
  var isEstimate: Bool
  /// What the estimate is made of; empty where the user counted.
  var pieces: [Piece] = []
  /// The parts of the prompt that are billed apart.
  var cached: Int?
  var cacheWrite: Int?
  var cacheWriteHour: Int?
  /// The answer's tokens, reasoning included; `nil`: only its limit is known.
  var output: Int?
  /// Those of them that are reasoning.
  var reasoning: Int?
  /// The user's limit for the answer.
  var maximumOutput: Int?

  /// The tokens for a model.
  /// - Parameter limit: the longest answer that the model gives; `nil` unknown.
  func range(limit: Int?) -> UsageRange {
    guard let output else {
      let most = (maximumOutput ?? limit).map { usage(prompt.high, output: $0) }
      return UsageRange(least: usage(prompt.low, output: 0), likely: nil, most: most)
    }
    let likely = usage(prompt.tokens, output: output)
    guard isEstimate else { return UsageRange(exactly: likely) }
    return UsageRange(
      least: usage(prompt.low, output: output), likely: likely, most: usage(prompt.high, output: output))
  }

  private func usage(_ total: Int, output: Int) -> Usage {
    let parts = (cached ?? 0) + (cacheWrite ?? 0) + (cacheWriteHour ?? 0)
    return Usage(
      input: max(0, total - parts), cacheRead: cached, cacheWrite: cacheWrite,
      cacheWriteHour: cacheWriteHour, output: output - (reasoning ?? 0), reasoning: reasoning,
      source: isEstimate ? .estimated : .reported)
  }
}

/// Finds out what is to be counted, from options, text, files and standard input.
struct CostInputReader {
  let options: CostOptions
  let environment: Environment

  /// The tokens asked about.
  /// - Throws: `usage` for counts that contradict each other, input that cannot be read, or none.
  func read() throws(Failure) -> CostInput {
    var input = try options.hasCounts ? counted() : estimated()
    input.output = options.outputTokens
    input.reasoning = options.reasoningTokens
    input.maximumOutput = options.sampling.maxTokens
    if let reasoning = options.reasoningTokens {
      guard let output = options.outputTokens else { throw Self.lone("--reasoning", of: "--output") }
      guard reasoning <= output else { throw Self.excess("--reasoning", reasoning, of: "--output", output) }
    }
    return input
  }

  private func counted() throws(Failure) -> CostInput {
    guard let total = options.inputTokens else {
      let part =
        options.cachedTokens != nil
        ? "--cached" : options.cacheWriteTokens != nil ? "--cache-write" : "--cache-write-1h"
      throw Self.lone(part, of: "--input")
    }
    if let text = options.operands.first ?? options.input.files.first {
      throw Failure(
        .usage, "--input", "cannot be combined with \(Quoted.text(text))",
        advice: "give either token counts or text")
    }
    // Each is at most 10¹², so that their sum cannot overflow.
    let cached = options.cachedTokens ?? 0
    let written = cached + (options.cacheWriteTokens ?? 0)
    let all = written + (options.cacheWriteHourTokens ?? 0)
    if cached > total { throw Self.excess("--cached", cached, of: "--input", total) }
    if written > total { throw Self.excess("--cache-write", written, of: "--input", total) }
    if all > total { throw Self.excess("--cache-write-1h", all, of: "--input", total) }
    return CostInput(
      prompt: TokenEstimate(tokens: total, low: total, high: total), isEstimate: false,
      cached: options.cachedTokens, cacheWrite: options.cacheWriteTokens,
      cacheWriteHour: options.cacheWriteHourTokens)
  }

  private func estimated() throws(Failure) -> CostInput {
    var parts: [(name: String, part: Message.Part)] = []
    if !options.operands.isEmpty { parts.append(("text", .text(options.operands.joined(separator: " ")))) }
    for path in options.input.files {
      let name = path == "-" ? "standard input" : path
      parts.append(
        (
          name,
          try Attachment.part(
            name: name, bytes: path == "-" ? environment.inputContents() : environment.contents(of: path))
        ))
    }
    if let piped = try pipedInput() {
      parts.append(("standard input", .text(try PromptText.decode(piped, subject: "standard input"))))
    }
    guard !parts.isEmpty else {
      guard options.outputTokens == nil else {
        return CostInput(prompt: .nothing, isEstimate: false)
      }
      throw Failure(
        .usage, "cost", "nothing to price",
        advice: "use --input N and --output N, a text, or a file with -f")
    }
    let message = Message(role: .user, parts: parts.map(\.part))
    return CostInput(
      prompt: TokenEstimate(of: [message]), isEstimate: true,
      pieces: parts.map { piece in
        let estimate: TokenEstimate =
          switch piece.part {
          case .text(let text): TokenEstimate(of: text)
          case .image(let bytes, let mediaType): TokenEstimate(of: bytes, mediaType: mediaType)
          case .state: .nothing
          }
        return CostInput.Piece(name: piece.name, estimate: estimate)
      })
  }

  /// What is piped in; nothing where it may never end.
  private func pipedInput() throws(Failure) -> [UInt8]? {
    if options.input.noStandardInput || options.input.files.contains("-") { return nil }
    guard environment.standardInput.kind == .finite else { return nil }
    let bytes = try environment.inputContents()
    return bytes.isEmpty ? nil : bytes
  }

  private static func lone(_ part: String, of whole: String) -> Failure {
    Failure(.usage, part, "is part of \(whole), which is missing", advice: "add \(whole) N")
  }

  private static func excess(_ part: String, _ count: Int, of whole: String, _ total: Int) -> Failure {
    Failure(
      .usage, part,
      "is \(Figures.grouped(count)) tokens, more than the \(Figures.grouped(total)) of \(whole)",
      advice: "\(whole) is the total that includes it")
  }
}
