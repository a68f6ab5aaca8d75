import SheepCore
import SheepRun
import SheepWire

/// Writes vectors as they arrive, in the form that was asked for.
struct EmbedOutput {
  /// The forms.
  enum Form {
    /// One JSON array a line.
    case lines
    case json, csv, raw
  }

  let form: Form
  let output: BufferedOutput
  /// All vectors, which only the one JSON object needs.
  private(set) var kept: [EmbeddingVector] = []
  /// How many were written or kept, and how long they are.
  private(set) var count = 0
  private(set) var dimensions: Int?

  /// A writer of this form.
  init(_ form: Form, to output: BufferedOutput) {
    self.form = form
    self.output = output
  }

  /// Takes the next vectors.
  mutating func add(_ vectors: [EmbeddingVector]) {
    count += vectors.count
    dimensions = dimensions ?? vectors.first?.dimensions
    if form == .json { kept += vectors }
    for vector in vectors {
      switch form {
      case .json: break
      case .raw: output.append { $0 += vector.bytes }
      case .csv:
        output.append { bytes in
          vector.write(to: &bytes)
          bytes.append(UInt8(ascii: "\n"))
        }
      case .lines:
        output.append { bytes in
          bytes.append(UInt8(ascii: "["))
          vector.write(to: &bytes)
          bytes += [UInt8(ascii: "]"), UInt8(ascii: "\n")]
        }
      }
    }
  }

  /// Writes the one object: `facts`, and the vectors under `embeddings`.
  func write(object facts: JSONObject) {
    // The same values, and nothing in a model's name that could steer a terminal.
    let style = JSONStyle(indented: false, terminalSafe: true)
    var head = Array(JSON.object(facts).serialized(style).utf8)
    head.removeLast()
    output.append { $0 += head + Array(#","embeddings":["#.utf8) }
    for (index, vector) in kept.enumerated() {
      output.append { bytes in
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += Array(#"{"index":\#(index),"embedding":["#.utf8)
        vector.write(to: &bytes)
        bytes += [UInt8(ascii: "]"), UInt8(ascii: "}")]
      }
    }
    output.append("]}\n")
  }
}
