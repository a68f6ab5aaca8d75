import SheepCore

/// The path of a gateway's address, by segments.
enum URLPath {
  /// What users paste behind the base: the endpoints of every dialect and of what else the servers
  /// have, longest first.
  private static let endpoints: [[String]] = {
    let paths = DialectName.allCases.map(\.dialect.endpoint) + ["completions", "embeddings", "models"]
    let steps = paths.map { $0.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) } }
    return steps.sorted { $0.count > $1.count }
  }()

  /// Why a path is refused, as a clause; `nil` when it is fine. `segments` are what stands
  /// between the slashes, the empty text before the first slash included.
  static func problem(_ segments: [String]) -> String? {
    var segments = segments[...]
    while segments.last == "" { segments.removeLast() }
    for segment in segments.dropFirst() {
      guard let decoded = decoded(segment) else {
        return "has a path with an unencoded or wrongly encoded character"
      }
      if segment.isEmpty { return "has two slashes in a row in its path" }
      if decoded == [0x2e] || decoded == [0x2e, 0x2e] { return "has '.' or '..' in its path" }
      if decoded.contains(where: { $0 < 0x20 || $0 == 0x7f || $0 == 0x2f || $0 == 0x5c }) {
        return "has an encoded slash, backslash or control character in its path"
      }
    }
    return nil
  }

  /// The segments of the base: without trailing slashes and a pasted endpoint, and with `v1`
  /// where no version is named. Azure's deployments have no version in their path.
  static func base(_ segments: [String]) -> [String] {
    var segments = segments.filter { !$0.isEmpty }
    for endpoint in endpoints where segments.count >= endpoint.count {
      if Array(segments.suffix(endpoint.count)) == endpoint {
        segments.removeLast(endpoint.count)
        break
      }
    }
    let isDeployment = zip(segments, segments.dropFirst()).contains { $0 == ("openai", "deployments") }
    if !isDeployment, !segments.contains(where: isVersion) { segments.append("v1") }
    return segments
  }

  /// `v1`, `v1beta`, `v2`, `v1beta1`
  private static func isVersion(_ segment: String) -> Bool {
    var bytes = Array(segment.utf8)[...]
    guard bytes.popFirst().map({ $0 | 0x20 == 0x76 }) ?? false else { return false }
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else { return false }
    let word = bytes.dropFirst(digits.count).prefix { !(0x30...0x39).contains($0) }
    let rest = bytes.dropFirst(digits.count + word.count)
    let isStage = word.isEmpty || word.elementsEqual("alpha".utf8) || word.elementsEqual("beta".utf8)
    return isStage && rest.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The bytes of a segment that consists of unreserved characters and percent-encoded bytes
  /// (RFC 3986, section 2); `nil` for anything else.
  private static func decoded(_ segment: String) -> [UInt8]? {
    var result: [UInt8] = []
    var bytes = Array(segment.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: result.append(byte)
      case 0x25:
        guard let high = bytes.popFirst().flatMap(RawText.digit),
          let low = bytes.popFirst().flatMap(RawText.digit)
        else { return nil }
        result.append(UInt8(high << 4 | low))
      default: return nil
      }
    }
    return result
  }
}
