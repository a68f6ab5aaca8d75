import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// A page of the web, fetched because a person asked for it just now.
///
/// No key and no header of any profile goes along. Redirects are named, not followed; a name that
/// leads to a private address is refused, so that nothing inside a network is read by accident.
struct ChatPage {
  /// The largest page, in bytes.
  static let largest = 2 << 20
  static let patience: Duration = .seconds(20)

  let address: String
  let text: String
  let isHTML: Bool

  /// Fetches a page and reduces it to its text. Ctrl-C gives it up.
  static func fetch(_ typed: String, _ chat: Chat) throws(Failure) -> ChatPage {
    let lowered = typed.lowercased()
    let hasScheme = lowered.hasPrefix("https://") || lowered.hasPrefix("http://")
    if !hasScheme, typed.mentions("://") {
      throw Failure(.usage, typed, "is neither https nor http")
    }
    let address = hasScheme ? typed : "https://" + typed
    var request = HTTPRequest(
      method: "GET", url: address,
      headers: HTTPHeaders([
        HTTPHeaders.Field("Accept", "text/html, text/plain, text/markdown, application/json;q=0.9"),
        HTTPHeaders.Field("User-Agent", "sheep/" + Version.current),
      ]))
    request.settings = chat.model.options.webSettings
    request.settings.maximumBodyBytes = Int64(largest)
    let host = try refusePrivate(address, chat)
    let fetch = PageFetch(address)
    let transfer = chat.loop.start(request, handler: fetch)
    let timer = chat.loop.schedule(at: chat.loop.now + patience) {
      fetch.giveUp(Failure(.timeout, address, "did not load within 20 s"))
    }
    chat.wait(until: { fetch.isOver }) { fetch.giveUp(Failure(.interrupted, address, "was cancelled")) }
    transfer.cancel()
    chat.loop.cancel(timer)
    if let failure = fetch.failure { throw failure }
    return try page(address, host, fetch)
  }

  /// Looks the host's name up, so that a name which leads into a private network is not even
  /// asked. What comes is checked again, for the name may lead elsewhere a moment later.
  /// - Returns: the host; `nil` where there is no network to ask.
  private static func refusePrivate(_ address: String, _ chat: Chat) throws(Failure) -> URLHost? {
    guard let probe = chat.environment.makeNetworkProbe?(chat.loop) else { return nil }
    let host = try probe.host(of: address)
    if host.name == "localhost" { return host }
    if let literal = host.address {
      // `0x7f.1` and other spellings hide where they lead, from the person too.
      let isTyped = literal.embedded == nil && address.lowercased().mentions(host.name)
      if literal.isPrivate, !isTyped { throw leads(address, to: host.name, "it was not fetched") }
      return host
    }
    var answers: [NameAnswer] = []
    var isGivenUp = false
    for family in [AddressFamily.ipv4, .ipv6] {
      probe.resolve(host.name, family, limit: patience) { answers.append($0) }
    }
    chat.wait(until: { answers.count == 2 || isGivenUp }) { isGivenUp = true }
    if isGivenUp { throw Failure(.interrupted, address, "was cancelled") }
    if let found = answers.flatMap(\.addresses).first(where: isPrivate) {
      throw leads(address, to: found, "it was not fetched")
    }
    return host
  }

  /// Whether an address is private, or none that can be judged. A zone behind it says nothing.
  private static func isPrivate(_ address: String) -> Bool {
    IPAddress(utf8: Array(address.utf8.prefix { $0 != UInt8(ascii: "%") })[...])?.isPrivate ?? true
  }

  private static func leads(_ address: String, to found: String, _ consequence: String) -> Failure {
    Failure(
      .usage, address, "resolves to the private address \(found), so \(consequence)",
      advice: "type that address itself if you mean it")
  }

  private static func page(
    _ address: String, _ host: URLHost?, _ fetch: PageFetch
  ) throws(Failure) -> ChatPage {
    guard let head = fetch.head, let end = fetch.end else {
      throw Failure(.protocolViolation, address, "did not answer")
    }
    if let remote = end.connection.remoteAddress, isPrivate(remote) {
      let isTyped = host.map { $0.name == "localhost" || $0.address == IPAddress(remote) } ?? false
      if !isTyped { throw leads(address, to: remote, "the page was discarded") }
    }
    if (300..<400).contains(head.status) {
      let target = head.headers["location"].map { "to " + String($0.prefix(300)) } ?? "elsewhere"
      throw Failure(
        .redirect, address, "redirects \(target)", advice: "use /url with that address if you trust it")
    }
    guard (200..<300).contains(head.status) else {
      throw Failure(.server, address, "returned \(head.status)", status: head.status)
    }
    if let problem = end.problem {
      let isLarge = problem.kind == .tooLarge
      throw Failure(
        .network, address, isLarge ? "is larger than \(ChatAttachments.bytes(largest))" : problem.detail)
    }
    let type = head.mediaType ?? "text/plain"
    guard
      type.hasPrefix("text/") || type == "application/json" || type.hasSuffix("+xml")
        || type.hasSuffix("/xml")
    else {
      throw Failure(.usage, address, "is \(type), not text", advice: "download it yourself and use /file")
    }
    let text = try PromptText.decode(fetch.body, subject: address)
    let isHTML = type == "text/html" || type == "application/xhtml+xml"
    return ChatPage(address: address, text: isHTML ? HTMLText.text(of: text) : text, isHTML: isHTML)
  }
}

extension ConnectionOptions {
  /// How the web is reached: through the person's proxy and with the person's authorities, and
  /// nothing else of a gateway's settings.
  var webSettings: TransportSettings {
    var settings = TransportSettings()
    settings.proxy = proxy
    settings.certificateFile = caFile
    return settings
  }
}

/// One transfer of a page.
private final class PageFetch: TransferHandler {
  private let address: String
  private(set) var head: HTTPHead?
  private(set) var body: [UInt8] = []
  private(set) var end: TransferEnd?
  /// Why it was cancelled; `nil`: it was not.
  private(set) var failure: Failure?

  init(_ address: String) {
    self.address = address
  }

  var isOver: Bool { end != nil || failure != nil }

  func giveUp(_ failure: Failure) {
    if !isOver { self.failure = failure }
  }

  func transferWillSend(at instant: Instant) {}

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) { self.head = head }

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    body.append(contentsOf: bytes)
    return body.count <= ChatPage.largest
  }

  func transferDidEnd(_ end: TransferEnd) {
    self.end = end
    if let problem = end.problem, head == nil {
      failure = failure ?? Failure(.network, address, problem.detail)
    }
  }
}
