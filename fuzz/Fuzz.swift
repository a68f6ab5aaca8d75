// What `make fuzz` runs under libFuzzer: one property for each kind of foreign bytes. A broken
// property traps, and the fuzzer then writes the input that broke it.
//
// Which one runs is said by the environment variable SHEEP_FUZZ.

import Glibc
import SheepCore
import SheepTerminal
import SheepWire

/// libFuzzer's entry point.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  chosenTarget(bytes)
  return 0
}

let targets: [String: @Sendable ([UInt8]) -> Void] = [
  "json": checkJSON, "terminal": checkTerminal, "url": checkURL,
].merging(dialects) { target, _ in target }

/// The decoder of each dialect, under the dialect's name.
let dialects = Dictionary(
  uniqueKeysWithValues: DialectName.allCases.map { name in
    (name.rawValue, { @Sendable (bytes: [UInt8]) in checkAnswer(bytes, name.dialect.decoder) })
  })

let chosenTarget: @Sendable ([UInt8]) -> Void = {
  let name = getenv("SHEEP_FUZZ").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    fatalError("SHEEP_FUZZ: not one of \(targets.keys.sorted())")
  }
  return target
}()

/// An event as a value that may be kept; pieces of one text are joined, because where they are
/// cut is not promised.
enum Kept: Equatable {
  case started(id: String?, model: String?)
  case text([UInt8])
  case reasoning([UInt8])
  case refusal([UInt8])
  case toolCall(ToolCallDelta)
  case state(ProviderState)
  case usage(Usage)
  case cost(Money)
  case finished(FinishReason, String)
  case notice(String)
  case failed(Failure.Kind)
}

/// Makes a dialect's decoder for a media type; with short cuts or without.
typealias DecoderMaker = (_ mediaType: String?, _ remembersEvents: Bool) -> any AnswerDecoder

/// Decodes bytes that come in pieces of the given sizes, over and over.
func decode(_ bytes: [UInt8], _ make: DecoderMaker, pieces: [Int], remembersEvents: Bool) -> [Kept] {
  var decoder = make("text/event-stream", remembersEvents)
  var kept: [Kept] = []
  func keep(_ event: Event) {
    switch event {
    case .started(let id, let model): kept.append(.started(id: id, model: model))
    case .text(let text):
      if case .text(let before)? = kept.last {
        kept[kept.count - 1] = .text(before + text.bytes)
      } else {
        kept.append(.text(Array(text.bytes)))
      }
    case .reasoning(let text):
      if case .reasoning(let before)? = kept.last {
        kept[kept.count - 1] = .reasoning(before + text.bytes)
      } else {
        kept.append(.reasoning(Array(text.bytes)))
      }
    case .refusal(let text):
      if case .refusal(let before)? = kept.last {
        kept[kept.count - 1] = .refusal(before + text.bytes)
      } else {
        kept.append(.refusal(Array(text.bytes)))
      }
    case .toolCall(let delta): kept.append(.toolCall(delta))
    case .state(let state): kept.append(.state(state))
    case .usage(let usage): kept.append(.usage(usage))
    case .cost(let money): kept.append(.cost(money))
    case .finished(let reason, let raw): kept.append(.finished(reason, raw))
    case .notice(let text): kept.append(.notice(text))
    }
  }
  do throws(Failure) {
    var start = 0
    var turn = 0
    while start < bytes.count {
      let end = min(bytes.count, start + max(1, pieces[turn % pieces.count]))
      // A copy of its own, so that reading past the piece is seen.
      let piece = Array(bytes[start..<end])
      let result = piece.withUnsafeBytes { lent in
        Result { () throws(Failure) in try decoder.feed(lent, keep) }
      }
      try result.get()
      start = end
      turn += 1
    }
    try decoder.finish(keep)
  } catch {
    kept.append(.failed(error.kind))
  }
  return kept
}

/// The same bytes give the same events, however they are split and whether or not the decoder
/// takes its short cut; and every text is UTF-8.
func checkAnswer(_ bytes: [UInt8], _ make: DecoderMaker) {
  let whole = decode(bytes, make, pieces: [Int.max], remembersEvents: true)
  let seed = bytes.prefix(4).map { Int($0 % 23) + 1 }
  for pieces in [[1], [7], seed.isEmpty ? [2] : seed] {
    precondition(decode(bytes, make, pieces: pieces, remembersEvents: true) == whole, "split: \(pieces)")
  }
  precondition(decode(bytes, make, pieces: [Int.max], remembersEvents: false) == whole, "short cut")
  for case .text(let text) in whole {
    precondition(String(validating: text, as: UTF8.self) != nil, "text is not UTF-8")
  }
}

/// What is parsed can be written, and what was written reads as the same value.
func checkJSON(_ bytes: [UInt8]) {
  guard let value = try? JSON.parse(bytes) else { return }
  for style in [JSONStyle.compact, JSONStyle(indented: true, terminalSafe: true)] {
    let again = try? JSON.parse(text: value.serialized(style))
    precondition(again == value, "written value reads differently")
  }
}

/// Nothing that a terminal acts on comes through, and where the text was cut does not matter.
func checkTerminal(_ bytes: [UInt8]) {
  for mode in [EscapeFilter.Mode.answer, .visible(.symbol)] {
    var whole: [UInt8] = []
    var filter = EscapeFilter(mode)
    filter.write(bytes, to: &whole)
    filter.finish(to: &whole)
    var split: [UInt8] = []
    filter = EscapeFilter(mode)
    for byte in bytes { filter.write([byte], to: &split) }
    filter.finish(to: &split)
    precondition(split == whole, "split")
    guard let text = String(validating: whole, as: UTF8.self) else { fatalError("not UTF-8") }
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isControl = (value < 0x20 && value != 0x0a && value != 0x09) || (0x7f...0x9f).contains(value)
      precondition(!isControl, "control \(value) came through")
    }
  }
}

/// An address is refused or understood; one that is understood is understood again.
func checkURL(_ bytes: [UInt8]) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  guard let base = try? BaseURL(text) else { return }
  precondition(!base.host.isEmpty && !base.origin.utf8.contains(0x0a), "origin")
}
