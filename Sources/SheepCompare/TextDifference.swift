/// How one text becomes another: pieces that are kept, taken away and put in, found by words
/// (Myers 1986), in bounded time.
package struct TextDifference: Equatable {
  /// What becomes of a piece.
  package enum Change: Sendable {
    case kept, removed, added
  }

  /// Texts that follow each other, no two of the same kind.
  package struct Piece: Equatable {
    /// What becomes of it.
    package var change: Change
    /// The text itself.
    package var text: String
  }

  package let pieces: [Piece]
  /// Whether the texts were too different to be compared word by word, and lines were.
  package let isByLine: Bool

  /// Edits that are looked for at most; the work and memory grow with their square.
  private static let mostEdits = 1500

  /// Compares two texts.
  package init(from old: String, to new: String) {
    let (oldWords, newWords) = (Self.words(old), Self.words(new))
    if let pieces = Self.edits(oldWords, newWords) {
      self.pieces = Self.joined(pieces)
      isByLine = false
      return
    }
    isByLine = true
    let (oldLines, newLines) = (Self.lines(old), Self.lines(new))
    pieces = Self.joined(
      Self.edits(oldLines, newLines)
        ?? [Piece(change: .removed, text: old), Piece(change: .added, text: new)])
  }

  /// The share of the longer text that is kept, in bytes; 1 for two empty texts.
  package var similarity: Double {
    func size(_ changes: Set<Change>) -> Int {
      pieces.reduce(0) { $0 + (changes.contains($1.change) ? $1.text.utf8.count : 0) }
    }
    let longer = max(size([.kept, .removed]), size([.kept, .added]))
    return longer > 0 ? Double(size([.kept])) / Double(longer) : 1
  }

  // MARK: Parts

  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String($0) ?? "" }
      .enumerated().map { $0.offset == 0 ? $0.element : "\n" + $0.element }
  }

  /// Letters and digits together, blanks together, everything else by itself; so are the
  /// characters of scripts that put no blanks between words.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var last = Kind.other
    for character in text {
      let kind = Kind(character)
      if kind == last, kind != .other, !words.isEmpty {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      last = kind
    }
    return words
  }

  /// Whether a character is a unit of its own, because its script puts no blanks between words.
  static func standsAlone(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { Kind.isUnspaced($0.value) } ?? false
  }

  private enum Kind {
    case word, blank, other

    init(_ character: Character) {
      guard let scalar = character.unicodeScalars.first else {
        self = .other
        return
      }
      if character.isNewline {
        self = .other
      } else if character.isWhitespace {
        self = .blank
      } else if Self.isUnspaced(scalar.value) {
        self = .other
      } else {
        self = character.isLetter || character.isNumber ? .word : .other
      }
    }

    /// Kana, Han and Thai to Khmer.
    static func isUnspaced(_ value: UInt32) -> Bool {
      (0x3040...0x30ff).contains(value) || (0x3400...0x9fff).contains(value)
        || (0xf900...0xfaff).contains(value) || (0x20000...0x3ffff).contains(value)
        || (0x0e00...0x0eff).contains(value) || (0x1000...0x109f).contains(value)
        || (0x1780...0x17ff).contains(value)
    }
  }

  // MARK: Edits

  /// The shortest edits from one list to the other; `nil` when there are too many.
  private static func edits(_ old: [String], _ new: [String]) -> [Piece]? {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    guard let middle = shortest(Array(old[start..<oldEnd]), Array(new[start..<newEnd])) else {
      return nil
    }
    func kept(_ words: ArraySlice<String>) -> [Piece] { words.map { Piece(change: .kept, text: $0) } }
    return kept(old[..<start]) + middle + kept(old[oldEnd...])
  }

  /// Myers's greedy search, which goes down one diagonal after the other and keeps how far each
  /// got, so that the way can be walked back.
  private static func shortest(_ old: [String], _ new: [String]) -> [Piece]? {
    // Numbers are compared faster than words.
    var numbers: [String: Int] = [:]
    func number(_ word: String) -> Int {
      if let known = numbers[word] { return known }
      numbers[word] = numbers.count
      return numbers.count - 1
    }
    let first = old.map(number)
    let second = new.map(number)
    let most = min(mostEdits, first.count + second.count)
    var reach = [Int](repeating: 0, count: 2 * most + 3)
    let middle = most + 1
    var history: [[Int]] = []
    for edits in 0...most {
      history.append(Array(reach[(middle - edits - 1)...(middle + edits + 1)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let goesDown =
          diagonal == -edits
          || diagonal != edits && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
        var x = goesDown ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
        var y = x - diagonal
        while x < first.count, y < second.count, first[x] == second[y] {
          x += 1
          y += 1
        }
        reach[middle + diagonal] = x
        if x >= first.count, y >= second.count { return walk(back: history, old, new) }
      }
    }
    return nil
  }

  private static func walk(back history: [[Int]], _ old: [String], _ new: [String]) -> [Piece] {
    var pieces: [Piece] = []
    var (x, y) = (old.count, new.count)
    for edits in history.indices.reversed() {
      let reach = history[edits]
      let middle = edits + 1
      let diagonal = x - y
      let goesDown =
        diagonal == -edits
        || diagonal != edits && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
      let before = goesDown ? diagonal + 1 : diagonal - 1
      let fromX = edits == 0 ? 0 : reach[middle + before]
      let fromY = edits == 0 ? 0 : fromX - before
      while x > fromX, y > fromY {
        x -= 1
        y -= 1
        pieces.append(Piece(change: .kept, text: old[x]))
      }
      guard edits > 0 else { break }
      pieces.append(
        x == fromX ? Piece(change: .added, text: new[y - 1]) : Piece(change: .removed, text: old[x - 1]))
      (x, y) = (fromX, fromY)
    }
    return pieces.reversed()
  }

  /// Neighbours of one kind together, what was removed before what was added. A blank that is
  /// kept between two changes is counted as changed: a sentence in single words reads badly.
  private static func joined(_ pieces: [Piece]) -> [Piece] {
    var result: [Piece] = []
    var (removed, added, blanks) = ("", "", "")
    func flush() {
      if !removed.isEmpty { result.append(Piece(change: .removed, text: removed)) }
      if !added.isEmpty { result.append(Piece(change: .added, text: added)) }
      (removed, added) = ("", "")
    }
    func keep(_ text: String) {
      if let last = result.last, last.change == .kept {
        result[result.count - 1].text += text
      } else if !text.isEmpty {
        result.append(Piece(change: .kept, text: text))
      }
    }
    for piece in pieces {
      if piece.change == .kept {
        if !removed.isEmpty || !added.isEmpty, piece.text.allSatisfy({ $0 == " " }) {
          blanks += piece.text
          continue
        }
        flush()
        keep(blanks + piece.text)
        blanks = ""
      } else {
        removed += blanks
        added += blanks
        blanks = ""
        if piece.change == .removed { removed += piece.text } else { added += piece.text }
      }
    }
    flush()
    keep(blanks)
    return result
  }
}
