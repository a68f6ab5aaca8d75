import CCurl
import SheepCore
import SheepLoop

/// One transfer: an easy handle, what it was told, and what came back.
///
/// The loop keeps it alive from `start` until its end, so libcurl may hold a plain pointer to
/// it. A cancelled or ended transfer has no handler any more and hears nothing.
final class CurlTransfer: Transfer {
  enum State {
    /// Waits for its turn to be added to the multi handle.
    case waiting
    /// Is in the multi handle.
    case running
    /// Cancelled while libcurl was at work; leaves the multi handle as soon as that allows.
    case stopping
    /// Over.
    case ended
  }

  var state = State.waiting
  /// Where it stands in the loop's list while it runs.
  var place = 0
  /// `nil` when the request could not be prepared.
  private(set) var easy: UnsafeMutableRawPointer?

  // Unowned, because the loop outlives every transfer that has not ended: it ends them all
  // before it goes.
  private unowned let loop: CurlLoop
  private var handler: (any TransferHandler)?
  private var headerLines: HeaderLines?
  private var secret: Secret?
  private let errorText: UnsafeMutablePointer<CChar>
  private let roundBytes: UnsafeMutablePointer<Int>
  /// The nanoseconds that the loop's clock leaves out; the loop's.
  private let stopped: UnsafePointer<Int64>
  /// What is noted of the TLS connection; the loop's, `nil` when nobody asked.
  private var tlsFacts: UnsafeMutablePointer<sheep_tls_facts>?

  private var maximumHeaderBytes = 0
  private var maximumBodyBytes: Int64 = 0
  private var headerBytes = 0
  private var bodyBytes: Int64 = 0
  private var sendCount = 0
  private var head = HeadParser()
  private var verdict: CurlOutcome.Verdict?
  private var usesProxy = false
  private var resolvesName = true

  init(loop: CurlLoop, handler: any TransferHandler) {
    self.loop = loop
    self.handler = handler
    roundBytes = loop.loop.roundBytes
    stopped = UnsafePointer(loop.loop.stopped)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    release()
    errorText.deallocate()
  }

  /// The loop's time.
  private var now: Instant { MonotonicClock.now(leavingOut: stopped.pointee) }

  func cancel() {
    guard state == .waiting || state == .running else { return }
    handler = nil
    loop.stop(self)
  }

  /// Makes the easy handle and gives it all its options.
  func prepare(
    _ request: HTTPRequest, library: CurlLibrary, environment: CurlEnvironment
  )
    throws(RequestTarget.Refused)
  {
    let context = try CurlOptions.Context(
      request: request, library: library, environment: environment)
    let settings = try CurlOptions.settings(for: request, in: context)
    headerLines = try HeaderLines(request)
    secret = request.credential?.secret
    maximumHeaderBytes = request.settings.maximumHeaderBytes
    maximumBodyBytes = request.settings.maximumBodyBytes
    usesProxy = context.proxy.isUsed
    resolvesName = usesProxy || context.target.host.address == nil
    if request.settings.inspectsTLS { tlsFacts = loop.makeTLSFacts() }
    guard let easy = curl_easy_init() else { throw RequestTarget.Refused(reason: "out of memory") }
    self.easy = easy
    for setting in settings {
      let code = apply(setting, to: easy)
      guard code == CURLE_OK else {
        let words = curl_easy_strerror(code).map { String(cString: $0) } ?? "refused"
        throw RequestTarget.Refused(reason: "libcurl's option " + setting.name + ": " + words)
      }
    }
  }

  private func apply(_ setting: CurlSetting, to easy: UnsafeMutableRawPointer) -> CURLcode {
    switch setting.value {
    case .number(let value): sheep_easy_set_number(easy, setting.option, value)
    case .size(let value): sheep_easy_set_size(easy, setting.option, curl_off_t(value))
    case .text(let value): sheep_easy_set_text(easy, setting.option, value)
    case .bytes(let bytes):
      bytes.withUnsafeBytes { bytes in
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        // Never nil, which would mean a body that is read by a callback.
        return sheep_easy_set_pointer(easy, setting.option, start ?? UnsafeMutableRawPointer(errorText))
      }
    case .callback(let callback): CurlCallbacks.set(callback, for: setting.option, on: easy)
    case .memory(.transfer):
      sheep_easy_set_pointer(easy, setting.option, Unmanaged.passUnretained(self).toOpaque())
    case .memory(.headerLines): sheep_easy_set_pointer(easy, setting.option, headerLines?.list)
    case .memory(.errorText): sheep_easy_set_pointer(easy, setting.option, errorText)
    case .memory(.tlsFacts): sheep_easy_set_pointer(easy, setting.option, tlsFacts)
    }
  }

  /// Frees the easy handle and what it used. It must have left the multi handle.
  func release() {
    if let easy { curl_easy_cleanup(easy) }
    easy = nil
    headerLines = nil
    handler = nil
    secret = nil
    state = .ended
  }
}

// What libcurl's callbacks say. Each returns whether the transfer goes on.
extension CurlTransfer {
  /// Bytes of the body: the hot path.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let instant = now
    guard state == .running, let handler else { return false }
    bodyBytes &+= Int64(bytes.count)
    guard bodyBytes <= maximumBodyBytes else {
      verdict = .bodyTooLarge(limit: maximumBodyBytes)
      return false
    }
    roundBytes.pointee &+= bytes.count
    if handler.transferDidReceive(bytes, at: instant) { return state == .running }
    if state == .running { verdict = .abortedByHandler }
    return false
  }

  /// A line of a head, or a trailer.
  func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    let instant = now
    guard state == .running, let handler else { return false }
    headerBytes &+= line.count
    guard headerBytes <= maximumHeaderBytes else {
      verdict = .headTooLarge(limit: maximumHeaderBytes)
      return false
    }
    guard let head = head.feed(line) else { return true }
    handler.transferDidReceive(head, at: instant)
    return state == .running
  }

  /// The request is about to be written on a connection.
  ///
  /// When a reused connection dies before it answers, libcurl would send the request again by
  /// itself, and a paid request would be paid twice. The second call gives that away.
  func willSend() -> Bool {
    let instant = now
    guard state == .running, let handler else { return false }
    sendCount += 1
    guard sendCount == 1 else {
      verdict = .resendPrevented
      return false
    }
    if let tlsFacts, let easy { sheep_tls_note_connection(easy, tlsFacts) }
    handler.transferWillSend(at: instant)
    return state == .running
  }
}

// The end.
extension CurlTransfer {
  /// Reads off how the transfer ended, frees the easy handle, and tells the handler.
  func finish(_ code: CURLcode) {
    let instant = now
    guard let easy, let handler else { return release() }
    var outcome = CurlOutcome(code: code.rawValue)
    outcome.verdict = verdict
    outcome.isSent = sendCount > 0
    outcome.hasHead = head.isDone
    outcome.usesProxy = usesProxy
    outcome.proxyStatus = ConnectionFacts.number(easy, CURLINFO_HTTP_CONNECTCODE) ?? 0
    outcome.detail = words(for: code)
    var facts = ConnectionFacts(
      easy: easy, isSent: outcome.isSent, hasHead: outcome.hasHead, resolvesName: resolvesName)
    // What libcurl then knows is of the new connection, which nothing was sent on.
    if verdict == .resendPrevented { facts = .lostAfterReuse }
    facts.security = tlsFacts.flatMap { SecurityFacts($0.pointee) }
    release()
    handler.transferDidEnd(
      TransferEnd(problem: outcome.problem, connection: facts, instant: instant))
  }

  /// Ends a transfer that never began.
  func fail(_ problem: TransferEnd.Problem) {
    let handler = handler
    release()
    handler?.transferDidEnd(TransferEnd(problem: problem, instant: now))
  }

  /// libcurl's own words, the particular ones if it has any.
  private func words(for code: CURLcode) -> String {
    let particular = String(cString: errorText)
    let general = curl_easy_strerror(code).map { String(cString: $0) } ?? ""
    let text = particular.isEmpty ? general : particular
    return secret?.redacted(from: text) ?? text
  }
}
