import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepSchema

/// An expectation, read and ready to be held against answers.
struct ExpectationCheck {
  private enum Rule {
    case contains(String), exact(String), pattern(TextPattern), schema(JSONSchema)
  }

  /// As the user wrote it.
  let name: String
  private let rule: Rule

  /// Prepares a check.
  /// - Parameter subject: what to name in an error: the option, or the file and line.
  /// - Throws: `usage` for a pattern or schema that cannot be used.
  init(_ expectation: Expectation, subject: String, _ environment: Environment) throws(Failure) {
    name = expectation.text
    switch expectation.kind {
    case .contains: rule = .contains(expectation.value)
    case .exact: rule = .exact(expectation.value.trimmed)
    case .regex:
      rule = .pattern(try Self.pattern(expectation.value, subject: subject))
    case .schema:
      let source: TextSource
      do throws(ValueProblem) { source = try TextSource.jsonOrFile(expectation.value) } catch {
        throw Failure(.usage, subject, error.problem, advice: error.wayOut)
      }
      guard let schema = try SchemaSource.read(source, environment) else {
        throw Failure(.usage, subject, "has no schema")
      }
      rule = .schema(schema.schema)
    }
  }

  /// Whether an answer is what was expected.
  func isMet(by answer: String) -> Bool {
    switch rule {
    case .contains(let text): answer.mentions(text)
    case .exact(let text): answer.trimmed.utf8.elementsEqual(text.utf8)
    case .pattern(let pattern):
      // An answer that takes too long to search is not known to be as expected.
      Self.occurs(pattern, in: answer)
    case .schema(let schema):
      Self.json(in: answer).map { schema.violations(in: $0, limit: 1).isEmpty } ?? false
    }
  }

  private static func pattern(_ source: String, subject: String) throws(Failure) -> TextPattern {
    do throws(PatternError) { return try TextPattern(source) } catch {
      switch error {
      case .invalid(let problem, let character):
        throw Failure(
          .usage, subject,
          "\(Quoted.text(source)) is not a valid pattern: \(problem) at character \(character)",
          advice: "use a regular expression of ECMA-262, as JSON schemas do")
      case .missingLibrary(let problem, let advice):
        throw Failure(
          .usage, subject, "\(Quoted.text(source)) cannot be matched: \(problem)", advice: advice)
      }
    }
  }

  private static func occurs(_ pattern: TextPattern, in answer: String) -> Bool {
    var steps = TextPattern.usualSteps
    return pattern.occurs(in: answer, steps: &steps) ?? false
  }

  /// The answer as JSON: all of it, or its first code block, in which many models put it.
  private static func json(in answer: String) -> JSON? {
    if let value = try? JSON.parse(text: answer.trimmed) { return value }
    return CodeBlock.first(in: answer).flatMap { try? JSON.parse(text: $0.trimmed) }
  }
}

extension CompareRecord {
  /// Holds the answer against what was expected of it. Without an answer all of it is missed.
  mutating func check(_ checks: [ExpectationCheck]) {
    guard !checks.isEmpty, isCounted else { return }
    missed = checks.filter { !isOK || !$0.isMet(by: text ?? "") }.map(\.name)
  }
}
