package import SheepCore

/// What a session's file says: its lines in order, and what is wrong with some of them.
package struct SessionText: Sendable {
  /// The records that are understood, in order.
  package private(set) var records: [ConversationRecord] = []
  /// Whether the file ends inside a line, so that the next one has to begin on a fresh line.
  package private(set) var endsInsideLine = false
  /// Whether the last line was lost to a crash.
  package private(set) var isTorn = false
  /// The numbers of lines, from 1, that are no records and were not cut by a crash.
  package private(set) var damagedLines: [Int] = []
  /// Whether a newer version of the program wrote something that this one leaves out.
  package private(set) var isNewer = false
  /// How many images are lost.
  package private(set) var lostImages = 0
  /// When the first and the last record were written, in seconds since 1970; `nil`: none was.
  package private(set) var firstTime: Int?
  package private(set) var lastTime: Int?
  /// The pieces of replies that a later line has whole: dead weight.
  package private(set) var superseded: [Range<Int>] = []
  private var pieces: [Range<Int>] = []

  /// Reads the bytes of a session's file.
  ///
  /// - Parameter image: the bytes of an image by its name; `nil`: lost.
  package init(_ bytes: [UInt8], image: (_ name: String) -> [UInt8]?) {
    var number = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      take(bytes[start..<end], number, isLast: end == bytes.count, image)
      start = end + 1
    }
    endsInsideLine = !bytes.isEmpty && bytes.last != UInt8(ascii: "\n")
  }

  /// How many bytes the superseded pieces take.
  package var supersededBytes: Int { superseded.reduce(0) { $0 + $1.count } }

  private mutating func take(
    _ line: ArraySlice<UInt8>, _ number: Int, isLast: Bool, _ image: (String) -> [UInt8]?
  ) {
    if line.allSatisfy({ $0 == 0 || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
      // Zeros are what some file systems leave of a write that a crash cut short.
      if isLast, !line.isEmpty { isTorn = true }
      return
    }
    var lost = 0
    do throws(SessionFormat.Problem) {
      let found = try SessionFormat.line(line) { name in
        let bytes = image(name)
        if bytes == nil { lost += 1 }
        return bytes
      }
      lostImages += lost
      if found.isNewer { isNewer = true }
      firstTime = firstTime ?? found.time
      lastTime = found.time
      guard let record = found.record else { return }
      records.append(record)
      note(record, line.startIndex..<line.endIndex + 1)
    } catch {
      if isLast {
        isTorn = true
      } else if !error.isCut {
        damagedLines.append(number)
      }
    }
  }

  /// A reply's end makes the pieces before it superfluous.
  private mutating func note(_ record: ConversationRecord, _ place: Range<Int>) {
    switch record {
    case .piece: pieces.append(place)
    case .reply, .continuation:
      superseded += pieces
      pieces = []
    case .question, .undo, .choose, .clear, .continuing: pieces = []
    case .system, .model: break
    }
  }

  /// What the user should know of the file's state; a sentence's clause each.
  package var notes: [String] {
    var notes: [String] = []
    if isTorn { notes.append("its last line was cut by a crash and is lost") }
    if let first = damagedLines.first {
      let more = damagedLines.count > 1 ? " and \(damagedLines.count - 1) more" : ""
      notes.append("skipped damaged line \(first)\(more)")
    }
    if isNewer {
      notes.append("skipped records written by a newer version of sheep")
    }
    if lostImages > 0 {
      notes.append("left out \(lostImages == 1 ? "a missing image" : "\(lostImages) missing images")")
    }
    return notes
  }
}
