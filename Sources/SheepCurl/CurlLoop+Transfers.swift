import CCurl
package import SheepCore
import SheepLoop

// The side of the loop that faces libcurl.
extension CurlLoop {
  package func start(_ request: HTTPRequest, handler: any TransferHandler) -> any Transfer {
    let transfer = CurlTransfer(loop: self, handler: handler)
    if let problem = prepare(transfer, for: request) {
      fail(transfer, problem)
    } else if isInsideCurl {
      toStart.append(transfer)
    } else {
      add(transfer)
    }
    return transfer
  }

  /// Tells the handler in the next turn, which comes at once.
  private func fail(_ transfer: CurlTransfer, _ problem: TransferEnd.Problem) {
    failed.append((transfer, problem))
    loop.hurry()
  }

  private func prepare(_ transfer: CurlTransfer, for request: HTTPRequest) -> TransferEnd.Problem? {
    do {
      let library = try openLibrary(needsTLS: Self.needsTLS(request))
      try transfer.prepare(request, library: library, environment: environment)
      return nil
    } catch let unavailable as CurlLibrary.Unavailable {
      return unavailable.problem
    } catch let refused as RequestTarget.Refused {
      return TransferEnd.Problem(.invalidRequest, detail: refused.reason)
    } catch {
      return TransferEnd.Problem(.transportUnavailable, detail: "libcurl failed")
    }
  }

  /// False only for what certainly goes without: plain http and no proxy given.
  private static func needsTLS(_ request: HTTPRequest) -> Bool {
    !(request.url.hasPrefix("http://") && (request.settings.proxy ?? "").isEmpty)
  }

  private func openLibrary(needsTLS: Bool) throws(CurlLibrary.Unavailable) -> CurlLibrary {
    let opened: CurlLibrary
    if let library {
      opened = library
      if needsTLS { CurlLibrary.needTLS() }
    } else {
      opened = try CurlLibrary.open(names: libraryNames, needsTLS: needsTLS)
    }
    library = opened
    if multi == nil { multi = openMulti() }
    guard multi != nil else {
      let problem = TransferEnd.Problem(.transportUnavailable, detail: "libcurl cannot be initialized")
      throw CurlLibrary.Unavailable(problem: problem)
    }
    return opened
  }

  /// How many connections are kept for later transfers. libcurl's own number is four times the
  /// transfers under way: when many end together, the last of them would throw the connections
  /// of the first away.
  private static let idleConnections = 1000

  private func openMulti() -> UnsafeMutableRawPointer? {
    guard let multi = curl_multi_init() else { return nil }
    let isSet =
      CurlCallbacks.set(on: multi, loop: self) == CURLM_OK
      && sheep_multi_set_number(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)) == CURLM_OK
      && sheep_multi_set_number(multi, CURLMOPT_MAXCONNECTS, Self.idleConnections) == CURLM_OK
    if isSet { return multi }
    CurlCallbacks.unset(on: multi)
    curl_multi_cleanup(multi)
    return nil
  }

  private func add(_ transfer: CurlTransfer) {
    guard let multi, let easy = transfer.easy else { return }
    let code = curl_multi_add_handle(multi, easy)
    guard code == CURLM_OK else {
      let detail = "libcurl refused the transfer: error \(code.rawValue)"
      fail(transfer, TransferEnd.Problem(.transportUnavailable, detail: detail))
      return
    }
    transfer.state = .running
    transfer.place = running.count
    running.append(transfer)
  }

  /// Takes a transfer out, now if libcurl allows it, else when its callbacks have returned.
  func stop(_ transfer: CurlTransfer) {
    switch transfer.state {
    case .waiting: transfer.release()
    case .running where isInsideCurl:
      transfer.state = .stopping
      toStop.append(transfer)
    case .running, .stopping:
      remove(transfer)
      transfer.release()
    case .ended: break
    }
  }

  /// Takes a transfer out of the multi handle. libcurl closes its connection, or resets its
  /// HTTP/2 stream, unless the response had come to its end.
  private func remove(_ transfer: CurlTransfer) {
    guard let multi, let easy = transfer.easy else { return }
    forget(transfer)
    curl_multi_remove_handle(multi, easy)
  }

  /// Takes a transfer out of the list: the last one moves into its place.
  private func forget(_ transfer: CurlTransfer) {
    guard transfer.place < running.count, running[transfer.place] === transfer else { return }
    let last = running.removeLast()
    if last === transfer { return }
    running[transfer.place] = last
    last.place = transfer.place
  }

  /// Lets libcurl work: on a socket that is ready, or with -1 on what its timer was for.
  func callCurl(socket: Int32, events: Int32) {
    guard let multi else { return }
    var count: Int32 = 0
    isInsideCurl = true
    let code = curl_multi_socket_action(multi, socket, events, &count)
    isInsideCurl = false
    if code != CURLM_OK { return abandon(code) }
    // Transfers that have ended are no longer counted, but still ours.
    if Int(count) < running.count { mayHaveEnded = true }
  }

  /// The multi handle is beyond use: every transfer fails, the next one gets a new handle.
  private func abandon(_ code: CURLMcode) {
    let detail = "libcurl failed: error \(code.rawValue)"
    let problem = TransferEnd.Problem(.transportUnavailable, detail: detail)
    let transfers = running
    toStop.removeAll()
    closeMulti()
    for transfer in transfers {
      if transfer.state == .running { fail(transfer, problem) } else { transfer.release() }
    }
  }

  /// Does what callbacks of libcurl asked for, and tells the handlers of what has ended.
  func settleTransfers() {
    while let transfer = toStop.popLast() { stop(transfer) }
    if !toStart.isEmpty {
      let waiting = toStart
      toStart.removeAll()
      for transfer in waiting where transfer.state == .waiting { add(transfer) }
    }
    if mayHaveEnded { reportEnds() }
    if !failed.isEmpty {
      let failures = failed
      failed.removeAll()
      for (transfer, problem) in failures { transfer.fail(problem) }
    }
  }

  private func reportEnds() {
    mayHaveEnded = false
    var code = CURLE_OK
    while let multi, let easy = sheep_multi_next_done(multi, &code) {
      guard let transfer = running.first(where: { $0.easy == easy }) else { continue }
      remove(transfer)
      transfer.finish(code)
    }
  }

  /// Ends everything that has not ended, without a word to the handlers.
  func endAll() {
    let transfers = running + toStart + failed.map(\.transfer)
    closeMulti()
    transfers.forEach { $0.release() }
  }

  /// Frees the multi handle with its connections; the transfers in it are taken out first.
  private func closeMulti() {
    guard let multi else { return }
    // At once, for from here on libcurl must not call a loop that may be on its way out.
    CurlCallbacks.unset(on: multi)
    for case let easy? in running.map(\.easy) { curl_multi_remove_handle(multi, easy) }
    running.removeAll()
    curl_multi_cleanup(multi)
    self.multi = nil
    loop.unwatchStreams()
    setTimeout(-1)
  }

  /// libcurl's wish for a socket: 1 to read, 2 to write, 3 both, 4 nothing any more. The same
  /// bits as the loop's.
  func watch(socket: Int32, for what: Int32) -> Bool {
    if what == CURL_POLL_REMOVE {
      loop.unwatch(socket)
      return true
    }
    return loop.watchStream(socket, for: Readiness(rawValue: UInt32(what & 3)), serveSocket)
  }

  /// libcurl's wish for time, in milliseconds; negative for none.
  func setTimeout(_ milliseconds: Int) {
    if let curlTimer { loop.cancel(curlTimer) }
    curlTimer =
      milliseconds < 0 ? nil : loop.schedule(at: now + .milliseconds(milliseconds), serveTimeout)
  }
}
