import SheepCore

/// The addresses of a model in the Gemini dialect, where its name is a part of the path.
enum GeminiPath {
  /// The URL of a model's method.
  ///
  /// `models/` and `tunedModels/` in front of the name are kept, everything else of it is one
  /// encoded segment. Google's methods live under `v1beta`: its `v1` knows neither system
  /// instructions nor schemas, so that a base which ends in `/v1` stands for that.
  /// - Throws: `usage` for a name that is empty or consists of dots.
  static func url(
    of model: String, method: String, at base: BaseURL, endpoint: GeminiEndpoint
  ) throws(Failure) -> String {
    let place = try resource(of: model)
    switch endpoint {
    case .generate: return base.appending(place + "/generate")
    case .google:
      let isStable = base.path.utf8.suffix(3).elementsEqual("/v1".utf8)
      return base.origin + base.path + (isStable ? "beta/" : "/") + place + ":" + method
    }
  }

  /// `models/NAME` with the name encoded.
  static func resource(of model: String) throws(Failure) -> String {
    var folder = "models/"
    var name = model.utf8[...]
    for prefix in ["models/", "tunedModels/"] where name.starts(with: prefix.utf8) {
      folder = prefix
      name = name.dropFirst(prefix.utf8.count)
      break
    }
    guard !name.isEmpty, !name.allSatisfy({ $0 == 0x2e }) else {
      throw Failure(
        .usage, "model '\(ErrorText.sanitized(model, limit: 128))'", "is not a valid model name",
        advice: "use one such as gemini-2.5-flash")
    }
    return folder + encoded(name)
  }

  /// Everything but the unreserved characters (RFC 3986, 2.3) percent-encoded.
  private static func encoded(_ name: Substring.UTF8View) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in name {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
