package import SheepCore
package import SheepOptions
package import SheepSchema

/// What an answer must be beside complete: the checks of `--strict` and `--schema`.
package enum Requirements {
  /// What the answer lacks; `nil` when it is what was asked.
  package static func failure(
    of result: CallResult, options: OutputOptions, schema: SchemaSource?
  ) -> Failure? {
    if options.strict, result.answer.finishReason == .length {
      return Failure(
        .mismatch, result.requestedModel, "the answer was cut at the length limit",
        advice: "raise it with --max-tokens")
    }
    // A call is asked for first; the answer that must meet the schema comes after its result.
    guard let schema, result.answer.finishReason != .tool else { return nil }
    guard let text = result.answer.text, let value = try? JSON.parse(text: text) else {
      return Failure(
        .mismatch, "--schema", "the answer is not JSON", advice: "use a model that supports structured output"
      )
    }
    let violations = schema.schema.violations(in: value, limit: 3)
    if violations.isEmpty { return nil }
    let places = violations.map { "\($0.path) \($0.problem)" }.joined(separator: ", ")
    return Failure(
      .mismatch, "--schema", "the answer does not match it: \(places)",
      advice: "the answer was printed; ask again or loosen the schema")
  }
}

/// The schema of `--schema`, read and checked before anything is sent.
package struct SchemaSource {
  package let json: JSON
  package let schema: JSONSchema

  /// Reads the option's file or text; `nil` without the option.
  /// - Throws: `usage` for a file that cannot be read, text that is no JSON, JSON that is no schema.
  package static func read(_ source: TextSource?, _ environment: Environment) throws(Failure) -> SchemaSource?
  {
    let subject: String
    let bytes: [UInt8]
    switch source {
    case nil: return nil
    case .text(let text): (subject, bytes) = ("--schema", Array(text.utf8))
    case .file(let path):
      subject = path
      bytes = try environment.contents(of: path, advice: "use a file, or the schema itself starting with {")
    }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, subject, "is not valid JSON (byte \(error.offset + 1): \(error.problem))",
        advice: "fix it first")
    }
    do throws(JSONSchemaError) { return SchemaSource(json: json, schema: try JSONSchema(json)) } catch {
      throw Failure(
        .usage, subject, "is not a valid JSON Schema: \(error.place) \(error.problem)",
        advice: error.advice ?? "fix it first")
    }
  }
}
