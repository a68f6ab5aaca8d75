import SheepCore

/// One spelling for all JSON texts of the same value, to compare values and put them in sets.
///
/// Members are sorted by name, the last one of each name counts, and numbers of the same value
/// are written the same way.
enum CanonicalJSON {
  /// The canonical bytes of a value.
  static func bytes(_ value: JSON) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes
  }

  private static func append(_ value: JSON, to bytes: inout [UInt8]) {
    switch value {
    case .number(let number):
      let exact = ExactNumber(number)
      bytes += (exact.isNegative ? "-" : "").utf8
      bytes += exact.digits.map { $0 + UInt8(ascii: "0") }
      bytes += "e\(exact.exponent)".utf8
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for element in elements {
        append(element, to: &bytes)
        bytes.append(UInt8(ascii: ","))
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      let members = JSONSchemaCompiler.distinct(object).sorted {
        $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
      }
      bytes.append(UInt8(ascii: "{"))
      for (name, member) in members {
        JSON.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(member, to: &bytes)
        bytes.append(UInt8(ascii: ","))
      }
      bytes.append(UInt8(ascii: "}"))
    default: value.write(to: &bytes)
    }
  }
}
