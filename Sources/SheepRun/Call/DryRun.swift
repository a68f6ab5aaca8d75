import SheepCatalog
import SheepClient
package import SheepCore
package import SheepOptions
import SheepWire

/// Shows the request that would be sent and what it would cost, and sends nothing.
package struct DryRun {
  private let request: Request
  private let target: Target
  private let quote: Quote

  /// The request to show, as it would be sent.
  package init(_ request: Request, to destination: Destination) {
    self.request = request
    target = destination.target
    quote = destination.quote
  }

  /// Writes the request to standard output and its price to standard error.
  /// - Throws: `output` when that cannot be written.
  package func show(_ run: Run, _ options: OutputOptions) throws(Failure) {
    let output = run.output
    let toTerminal = run.environment.standardOutput.isTerminal
    let http = try target.encode(request, quirks: target.quirks)
    let body = (try? JSON.parse(http.body ?? [])) ?? .null
    let style = JSONStyle(indented: options.format == .text || toTerminal, terminalSafe: toTerminal)
    if options.format == .text {
      output.append("\(http.method) \(http.url)\n")
      for field in fields(http) { output.append("\(field.name): \(field.value)\n") }
      output.append("\n")
      output.append { body.write(to: &$0, style: style) }
    } else {
      let headers = JSONObject(
        fields(http).map { JSONObject.Member(name: $0.name, value: .string($0.value)) })
      let object: JSON = [
        "method": .string(http.method), "url": .string(http.url), "headers": .object(headers), "body": body,
        "estimate": estimate,
      ]
      output.append { object.write(to: &$0, style: style) }
    }
    output.append("\n")
    try run.flush()
    for omission in target.dialect.omissions(in: request) { run.messages.note(omission) }
    run.messages.note("nothing was sent; " + sentence)
  }

  private var forecast: CostForecast {
    CostForecast(input: TokenEstimate(of: request), maximumTokens: request.maxTokens, at: quote)
  }

  /// The estimate in words: `~1,240 in, $0.0012 to $0.0300`.
  private var sentence: String {
    let tokens = "~\(forecast.input.tokens) tokens in"
    guard let atLeast = forecast.atLeast else { return tokens + ", price unknown" }
    guard let atMost = forecast.atMost else { return tokens + ", at least \(atLeast.display)" }
    return tokens + ", \(atLeast.display) to \(atMost.display)"
  }

  private var estimate: JSON {
    [
      "input_tokens": .number(JSONNumber(forecast.input.tokens)),
      "max_output_tokens": forecast.maximumOutput.map { .number(JSONNumber($0)) } ?? .null,
      "min_usd": forecast.atLeast?.json ?? .null,
      "max_usd": forecast.atMost?.json ?? .null,
      "source": .string(quote.source.rawValue),
    ]
  }

  private func fields(_ http: HTTPRequest) -> [HTTPHeaders.Field] {
    var fields = http.headers.fields
    if let credential = http.credential {
      fields.append(HTTPHeaders.Field(credential.header, credential.prefix + credential.secret.masked))
    }
    return fields
  }
}
