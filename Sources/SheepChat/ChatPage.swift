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
    try refusePrivate(address, chat)
    let fetch = PageFetch(address)
    let transfer = chat.loop.start(request, handler: fetch)
    let timer = chat.loop.schedule(at: chat.loop.now + patience) {
      fetch.giveUp(Failure(.timeout, address, "did not come within 20 s"))
    }
    chat.wait(until: { fetch.isOver }) { fetch.giveUp(Failure(.interrupted, address, "was given up")) }
    transfer.cancel()
    chat.loop.cancel(timer)
    if let failure = fetch.failure { throw failure }
    return try page(address, fetch)
  }

  /// Looks the host's name up, so that a name which leads into a private network is not even
  /// asked. What comes is checked again, for the name may lead elsewhere a moment later.
  private static func refusePrivate(_ address: String, _ chat: Chat) throws(Failure) {
    let host = WebAddress.host(of: address)
    guard host != "localhost", !WebAddress.isLiteral(host),
      let probe = chat.environment.makeNetworkProbe?(chat.loop)
    else { return }
    var answers: [NameAnswer] = []
    var isGivenUp = false
    for family in [AddressFamily.ipv4, .ipv6] {
      probe.resolve(host, family, limit: patience) { answers.append($0) }
    }
    chat.wait(until: { answers.count == 2 || isGivenUp }) { isGivenUp = true }
    if isGivenUp { throw Failure(.interrupted, address, "was given up") }
    guard let found = answers.flatMap(\.addresses).first(where: WebAddress.isPrivate) else { return }
    throw Failure(
      .usage, address, "leads to the private address \(found), so it was not asked",
      advice: "type that address itself if you mean it")
  }

  private static func page(_ address: String, _ fetch: PageFetch) throws(Failure) -> ChatPage {
    guard let head = fetch.head, let end = fetch.end else {
      throw Failure(.protocolViolation, address, "gave no answer")
    }
    if let remote = end.connection.remoteAddress, WebAddress.isPrivate(remote),
      !WebAddress.names(address, remote)
    {
      throw Failure(
        .usage, address, "leads to the private address \(remote), so what came was thrown away",
        advice: "type that address itself if you mean it")
    }
    if (300..<400).contains(head.status) {
      let target = head.headers["location"].map { "to " + String($0.prefix(300)) } ?? "elsewhere"
      throw Failure(.redirect, address, "sends on \(target)", advice: "fetch that with /url if you trust it")
    }
    guard (200..<300).contains(head.status) else {
      throw Failure(.server, address, "answered \(head.status)", status: head.status)
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
      throw Failure(.usage, address, "is \(type), which is no text", advice: "fetch it by hand and use /file")
    }
    let text = try PromptText.decode(fetch.body, subject: address)
    let isHTML = type == "text/html" || type == "application/xhtml+xml"
    return ChatPage(address: address, text: isHTML ? HTMLText.text(of: text) : text, isHTML: isHTML)
  }
}

/// What an address says of where it leads.
enum WebAddress {
  /// Whether an IP address is of this machine or of a network that is not the internet's.
  static func isPrivate(_ address: String) -> Bool {
    if address.utf8.contains(0x3a) {
      let lowered = address.lowercased()
      if lowered.hasPrefix("::ffff:") { return isPrivate(String(lowered.dropFirst(7))) }
      return lowered == "::1" || lowered == "::"
        || ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains { lowered.hasPrefix($0) }
    }
    let parts = address.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 4 else { return true }
    switch (parts[0], parts[1]) {
    case (0, _), (10, _), (127, _), (169, 254), (192, 168): return true
    case (172, 16...31), (100, 64...127): return true
    default: return parts[0] >= 224
    }
  }

  /// Whether a host is an address and no name.
  static func isLiteral(_ host: String) -> Bool {
    host.utf8.first == 0x5b || host.utf8.allSatisfy { $0 == 0x2e || $0 &- 0x30 < 10 }
  }

  /// Whether the person typed that address, or this machine's own name.
  static func names(_ url: String, _ address: String) -> Bool {
    let host = host(of: url)
    return host == address || host == "[" + address + "]" || host == "localhost"
  }

  /// The host of an address, without user, port and path, in lower case.
  static func host(of url: String) -> String {
    let bytes = Array(url.lowercased().utf8)
    guard let slashes = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else {
      return ""
    }
    var authority = bytes[(slashes + 3)...].prefix { $0 != 0x2f && $0 != 0x3f && $0 != 0x23 }
    if let at = authority.lastIndex(of: 0x40) { authority = authority[(at + 1)...] }
    if authority.first == 0x5b, let close = authority.firstIndex(of: 0x5d) {
      return String(decoding: authority[...close], as: UTF8.self)
    }
    return String(decoding: authority.prefix { $0 != 0x3a }, as: UTF8.self)
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
  /// Why it was given up; `nil`: it was not.
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
