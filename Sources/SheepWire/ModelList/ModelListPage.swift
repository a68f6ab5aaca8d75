package import SheepCore

/// One page of an endpoint's list of models, whichever of the known shapes it has.
///
/// The shape is told by what is there, not by who was asked: OpenAI and compatible servers and
/// OpenRouter (`data`, `links.next`), Anthropic (`data`, `has_more`, `last_id`), Gemini
/// (`models`, `nextPageToken`), Ollama's own (`models` with `model`), and a bare list (Together).
/// Shapes as the vendors documented them in 2026-11; docs/dialects/openai.md has the table.
package struct ModelListPage: Equatable, Sendable {
  /// Where the next page is.
  package enum Next: Hashable, Sendable {
    /// The same address with these query fields.
    case query([QueryField])
    /// An address that the server names, absolute or beginning with `/`.
    case link(String)
  }

  /// One field of a query, not yet encoded.
  package struct QueryField: Hashable, Sendable {
    package var name: String
    package var value: String

    /// A name with its value.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var models: [ListedModel]
  /// How many entries name no model that could be called, and were left out.
  package var skipped: Int
  /// The next page; `nil` when this is the last one.
  package var next: Next?

  /// The most models that are asked for at once, where a server lets its clients say.
  private static let pageSize = "1000"

  /// Reads a page; `nil` when the value is no list of models.
  package init?(_ json: JSON) {
    guard let entries = json.array ?? json["data"]?.array ?? json["models"]?.array else { return nil }
    models = entries.compactMap { ListedModel($0) }
    skipped = entries.count - models.count
    next = Self.next(after: json)
  }

  private static func next(after json: JSON) -> Next? {
    if let link = json["links"]?["next"]?.string, !link.isEmpty { return .link(link) }
    if let token = (json["nextPageToken"] ?? json["next_page_token"])?.string, !token.isEmpty {
      return .query([QueryField("pageSize", pageSize), QueryField("pageToken", token)])
    }
    if json["has_more"]?.bool == true, let last = json["last_id"]?.string, !last.isEmpty {
      return .query([QueryField("limit", pageSize), QueryField("after_id", last)])
    }
    return nil
  }
}

extension ListedModel {
  /// Ids longer than this are no model's.
  private static let longestID = 512

  /// Reads an entry; `nil` when it names no model.
  init?(_ json: JSON) {
    guard var id = (json["id"] ?? json["name"] ?? json["model"] ?? json).string else { return nil }
    // Google's resource names; its own clients leave the prefix out.
    if json["id"] == nil, id.utf8.starts(with: "models/".utf8) { id = String(id.dropFirst(7)) }
    guard !id.isEmpty, id.utf8.count <= Self.longestID else { return nil }
    self.init(id: id)
    let top = json["top_provider"]
    context = Self.first(
      json["context_length"], json["context_window"], json["max_model_len"], json["max_context_length"],
      json["inputTokenLimit"], json["max_input_tokens"], top?["context_length"], json["meta"]?["n_ctx_train"])
    maxOutput = Self.first(
      top?["max_completion_tokens"], json["max_completion_tokens"], json["outputTokenLimit"],
      json["max_output_tokens"], json["max_input_tokens"] == nil ? nil : json["max_tokens"])
    retirement = Self.retirement(json["shutdown_date"] ?? json["expiration_date"] ?? json["deprecation"])
    prices = json["pricing"].flatMap { ListedPrices($0) }
  }

  /// The first of these that is a number of tokens; 0 is how some servers say "unknown".
  private static func first(_ values: JSON?...) -> Int? {
    values.lazy.compactMap { $0?.count }.first { $0 > 0 }
  }

  private static func retirement(_ json: JSON?) -> Retirement? {
    guard let json else { return nil }
    if let text = json.string { return text.utf8.count >= 10 ? .text(text) : nil }
    return json.count.map { .unixSeconds($0) }
  }
}

extension ListedPrices {
  /// Reads OpenRouter's `pricing`; `nil` when it names no price of a token.
  ///
  /// Only these names say that their unit is one token; `input` and `output`, which others
  /// use, do not, so that they are left alone.
  init?(_ json: JSON) {
    input = Self.money(json["prompt"])
    output = Self.money(json["completion"])
    cacheRead = Self.money(json["input_cache_read"])
    cacheWrite = Self.money(json["input_cache_write"])
    reasoning = Self.money(json["internal_reasoning"])
    request = Self.money(json["request"])
    webSearch = Self.money(json["web_search"])
    if input == nil, output == nil { return nil }
  }

  private static func money(_ json: JSON?) -> Money? {
    guard let number = json?.number, let money = Money(dollars: number.text), money >= .zero else {
      return nil
    }
    return money
  }
}
