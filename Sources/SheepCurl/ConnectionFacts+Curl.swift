import CCurl
import SheepCore

extension ConnectionFacts {
  /// Reads what libcurl knows of a finished transfer's connection.
  ///
  /// libcurl's times count from the start and include one another; here each step stands
  /// alone. A step that was not taken leaves nothing, not a zero.
  init(easy: UnsafeMutableRawPointer, isSent: Bool, hasHead: Bool, resolvesName: Bool) {
    self.init()
    let dialled = Self.number(easy, CURLINFO_NUM_CONNECTS) ?? 0
    let resolved = Self.microseconds(easy, CURLINFO_NAMELOOKUP_TIME_T)
    let connected = Self.microseconds(easy, CURLINFO_CONNECT_TIME_T)
    let secured = Self.microseconds(easy, CURLINFO_APPCONNECT_TIME_T)
    if isSent {
      reused = dialled == 0
    } else if connected > 0 {
      reused = false
    }
    if reused != true {
      if resolvesName, resolved > 0 { nameResolution = .microseconds(resolved) }
      if connected > 0 { connect = .microseconds(max(0, connected - resolved)) }
      if secured > 0 { tls = .microseconds(max(0, secured - connected)) }
    }
    if hasHead { httpVersion = Self.version(easy) }
    if reused != nil, let address = Self.text(easy, CURLINFO_PRIMARY_IP), !address.isEmpty {
      remoteAddress = address
    }
  }

  /// Of a connection that served before and died before it answered.
  static var lostAfterReuse: ConnectionFacts {
    var facts = ConnectionFacts()
    facts.reused = true
    return facts
  }

  private static func version(_ easy: UnsafeMutableRawPointer) -> String? {
    switch number(easy, CURLINFO_HTTP_VERSION) {
    case Int(CURL_HTTP_VERSION_1_0): "1.0"
    case Int(CURL_HTTP_VERSION_1_1): "1.1"
    // 3 stands for HTTP/2, 30 for HTTP/3.
    case 3: "2"
    case 30: "3"
    default: nil
    }
  }

  /// A whole number that libcurl knows of a transfer; `nil` when it knows none.
  static func number(_ easy: UnsafeMutableRawPointer, _ info: CURLINFO) -> Int? {
    var value = 0
    return sheep_easy_get_number(easy, info, &value) == CURLE_OK ? value : nil
  }

  private static func microseconds(_ easy: UnsafeMutableRawPointer, _ info: CURLINFO) -> Int64 {
    var value: curl_off_t = 0
    return sheep_easy_get_size(easy, info, &value) == CURLE_OK ? Int64(value) : 0
  }

  private static func text(_ easy: UnsafeMutableRawPointer, _ info: CURLINFO) -> String? {
    var value: UnsafePointer<CChar>?
    guard sheep_easy_get_text(easy, info, &value) == CURLE_OK else { return nil }
    return value.map { String(cString: $0) }
  }
}
