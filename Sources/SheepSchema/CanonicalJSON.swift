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
      bytes += exact.digits.map { $0 + 0x30 }
      bytes += "e\(exact.exponent)".utf8
    case .array(let elements):
      bytes.append(0x5b)
      for element in elements {
        append(element, to: &bytes)
        bytes.append(0x2c)
      }
      bytes.append(0x5d)
    case .object(let object):
      let members = JSONSchemaCompiler.distinct(object).sorted {
        $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
      }
      bytes.append(0x7b)
      for (name, member) in members {
        JSON.write(name, to: &bytes)
        bytes.append(0x3a)
        append(member, to: &bytes)
        bytes.append(0x2c)
      }
      bytes.append(0x7d)
    default: value.write(to: &bytes)
    }
  }
}
