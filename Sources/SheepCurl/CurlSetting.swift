import CCurl

/// One option of a transfer with its value, as `CurlOptions` decided it.
package struct CurlSetting: Equatable, Sendable {
  /// What is set. The kinds are libcurl's types of arguments.
  package enum Value: Equatable, Sendable {
    case number(Int)
    case size(Int64)
    /// `nil` takes a default away.
    case text(String?)
    /// Bytes that libcurl copies.
    case bytes([UInt8])
    /// One of our functions.
    case callback(Callback)
    /// Memory of the transfer.
    case memory(Memory)
  }

  /// The functions that libcurl calls.
  package enum Callback: Equatable, Sendable {
    case body
    case header
    case beforeSending
    /// Takes notes of the TLS handshake.
    case tlsContext
  }

  /// What a transfer lends to libcurl.
  package enum Memory: Equatable, Sendable {
    case transfer
    case headerLines
    case errorText
    case tlsFacts
  }

  private let number: UInt32
  /// The value.
  package let value: Value

  var option: CURLoption { CURLoption(number) }

  init(_ option: CURLoption, _ value: Value) {
    number = option.rawValue
    self.value = value
  }

  /// The option's name in libcurl without its prefix: `FOLLOWLOCATION`.
  package var name: String {
    guard let found = curl_easy_option_by_id(option), let name = found.pointee.name else {
      return "option \(number)"
    }
    return String(cString: name)
  }
}
