import SheepCore

extension Request {
  /// The same request with two tools: one that says the least, and one that says all.
  var withTools: Request {
    var request = self
    request.tools = [
      Tool(name: "now"),
      Tool(
        name: "find", description: "Finds.",
        parameters: ["type": "object", "properties": ["q": ["type": "string"]]], isStrict: true),
    ]
    return request
  }
}
