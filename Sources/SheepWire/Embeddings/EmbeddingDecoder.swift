import SheepCore

/// Reads a document of embeddings, in OpenAI's form or in Gemini's.
struct EmbeddingDecoder: AnswerDecoder {
  private let count: Int
  private let deliver: (([EmbeddingVector]) -> Void)
  private let document = ByteBuffer()

  private(set) var isComplete = false

  /// A decoder for the vectors of `count` texts, which `deliver` hears of in their order.
  init(count: Int, deliver: @escaping ([EmbeddingVector]) -> Void) {
    self.count = count
    self.deliver = deliver
  }

  mutating func feed(_ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void) throws(Failure) {
    document.append(bytes)
  }

  mutating func finish(_ emit: (Event) -> Void) throws(Failure) {
    let bytes = document.bytes
    guard let read = try? EmbeddingDocument(bytes) else {
      if BodyForm.isCut(bytes) { return }
      throw BodyForm.notAnAnswer("is not valid JSON")
    }
    if read.error != nil || read.elements == nil,
      let json = try? JSON.parse(Array(bytes)), let body = ErrorBody(json: json)
    {
      throw ServerFailure.inside(body)
    }
    let vectors = try vectors(read, in: bytes)
    emit(.started(id: nil, model: read.model?.string(in: bytes)))
    if let range = read.usage, let json = try? JSON.parse(Array(bytes[range])) { report(json, emit) }
    deliver(vectors)
    isComplete = true
  }

  /// The vectors in the order of the texts, whatever order they came in.
  private func vectors(
    _ read: EmbeddingDocument, in bytes: UnsafeRawBufferPointer
  ) throws(Failure) -> [EmbeddingVector] {
    guard let elements = read.elements else { throw BodyForm.notAnAnswer("has no embeddings") }
    guard elements.count == count else {
      throw Failure(
        .protocolViolation, "the answer", "has \(elements.count) embeddings for \(count) texts")
    }
    var vectors = [EmbeddingVector?](repeating: nil, count: count)
    for (position, element) in elements.enumerated() {
      let index = element.index ?? position
      guard vectors.indices.contains(index), vectors[index] == nil else {
        throw Failure(.protocolViolation, "the answer", "has embeddings with wrong indexes")
      }
      let vector =
        element.text.flatMap { EmbeddingVector(base64: $0.slice(of: bytes)) } ?? element.numbers
      guard let vector, vector.dimensions > 0 else {
        throw Failure(.protocolViolation, "the answer", "has an embedding that is not a list of numbers")
      }
      vectors[index] = vector
    }
    return vectors.compactMap { $0 }
  }

  private func report(_ json: JSON, _ emit: (Event) -> Void) {
    let tokens =
      json["prompt_tokens"]?.count ?? json["promptTokenCount"]?.count ?? json["total_tokens"]?.count
    if let tokens { emit(.usage(Usage(input: tokens, output: 0))) }
    if let cost = ChatUsage.cost(json["cost"]) ?? ChatUsage.cost(json["cost_usd"]) { emit(.cost(cost)) }
  }
}

/// Where the parts of a document of embeddings lie: a tree of so many numbers would take fifty
/// times their room.
struct EmbeddingDocument {
  /// One embedding.
  struct Element {
    var index: Int?
    /// Base64.
    var text: RawText?
    /// A list of numbers, read already; `nil` when it is none.
    var numbers: EmbeddingVector?
  }

  /// `data` or `embeddings`; `nil` without either.
  var elements: [Element]?
  var model: RawText?
  /// `usage`, or `usageMetadata`.
  var usage: Range<Int>?
  var error: Range<Int>?

  /// Reads one JSON object that fills `bytes`.
  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedJSON) {
    var scanner = JSONScanner(bytes)
    scanner.skipBlanks()
    if scanner.next == 0x5b {
      // An error in an array of one, as Gemini has it.
      error = try scanner.skipValue()
    } else if try scanner.enterObject() {
      repeat { try readMember(&scanner) } while try scanner.hasAnotherMember()
    }
    try scanner.end()
  }

  private mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let name = try scanner.memberName()
    if scanner.matches(name, "data") || scanner.matches(name, "embeddings"), scanner.next == 0x5b {
      var read: [Element] = []
      if try scanner.enterArray() {
        repeat { read.append(try Element(&scanner)) } while try scanner.hasAnotherElement()
      }
      elements = read
    } else if scanner.matches(name, "model") {
      model = try scanner.text()
    } else if scanner.matches(name, "usage") || scanner.matches(name, "usageMetadata") {
      usage = try scanner.value()
    } else if scanner.matches(name, "error") {
      error = try scanner.value()
    } else {
      _ = try scanner.skipValue(depth: 1)
    }
  }
}

extension EmbeddingDocument.Element {
  fileprivate init(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    guard scanner.next == 0x7b else {
      _ = try scanner.skipValue(depth: 2)
      return
    }
    guard try scanner.enterObject() else { return }
    repeat {
      let name = try scanner.memberName()
      if scanner.matches(name, "embedding") || scanner.matches(name, "values") {
        if scanner.next == 0x5b {
          numbers = try Self.numbers(&scanner)
        } else {
          text = try scanner.text(depth: 3)
        }
      } else if scanner.matches(name, "index") {
        let range = try scanner.skipValue(depth: 3)
        // Anything but a small whole number fits no text.
        let word = String(decoding: scanner.bytes[range], as: UTF8.self)
        index = Int(word) ?? -1
      } else {
        _ = try scanner.skipValue(depth: 3)
      }
    } while try scanner.hasAnotherMember()
  }

  /// Reads an array; `nil` when an element is no finite number.
  private static func numbers(_ scanner: inout JSONScanner) throws(MalformedJSON) -> EmbeddingVector? {
    var values: [Float] = []
    var isGood = true
    guard try scanner.enterArray() else { return nil }
    repeat {
      let range = try scanner.skipValue(depth: 4)
      let value = Float(String(decoding: scanner.bytes[range], as: UTF8.self))
      if let value, value.isFinite { values.append(value) } else { isGood = false }
    } while try scanner.hasAnotherElement()
    return isGood ? EmbeddingVector(values) : nil
  }
}
