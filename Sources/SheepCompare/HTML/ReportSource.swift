import SheepCore
import SheepTerminal

/// What a report is made from: a comparison, just measured or loaded, and what is said of it.
struct ReportSource {
  let document: CompareDocument
  let analysis: CompareAnalysis
  /// How many requests there are; `nil`: nothing is said of a month.
  let rate: RequestRate?
  /// Whether the report may show prompts and answers.
  let includesText: Bool

  /// Whether there is more than one attempt per target.
  var isSeries: Bool { document.rounds * document.prompts > 1 }
  /// Whether there are verdicts.
  var hasVerdicts: Bool { analysis.resolution != nil }

  /// A target's name.
  func label(_ index: Int) -> String { document.entries[index].label }

  /// A name of as many columns at most fits one line of every part of the page.
  private static let widestUnbroken = 20

  /// A sentence in which the targets' names are kept on one line where there is room.
  func sentence(_ text: String) -> HTMLMarkup {
    let names = document.entries.map(\.label).filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    var parts: [HTMLMarkup] = []
    var words = ""
    var rest = text[...]
    while let first = rest.first {
      if let name = names.first(where: { rest.hasPrefix($0) }) {
        let isShort = TextWidth.of(EscapeFilter.visible(name)) <= Self.widestUnbroken
        parts += [.text(words), .element("span", [.style(isShort ? "label" : "")], text: name)]
        words = ""
        rest = rest.dropFirst(name.count)
      } else {
        words.append(first)
        rest = rest.dropFirst()
      }
    }
    return HTMLMarkup(parts + [.text(words)])
  }

  /// The headline times of a target, in milliseconds.
  func headline(_ index: Int) -> Sample {
    document.isCold ? analysis.figures[index].firstTokenTotal : analysis.figures[index].firstToken
  }

  /// A target's verdict on the headline; `nil` for the baseline and where there is none.
  func verdict(_ index: Int) -> Verdict? { analysis.verdicts[analysis.headline]?[index] }

  /// Whether no other target beats this one in time and money.
  func isOnFront(_ index: Int) -> Bool {
    (analysis.front?.contains(index) ?? false) && analysis.figures[index].succeeded > 0
  }

  /// The cost of a thousand calls in dollars, for drawing only: amounts are exact elsewhere.
  func drawnCost(_ index: Int) -> Double? {
    analysis.figures[index].costOfThousand.map { Double($0.attodollars) / 1e18 }
  }
}

/// A part of a report under a heading.
struct ReportSection {
  /// What a link jumps to.
  let name: String
  let title: String
  /// How to read it; empty when that needs no words.
  var lead = ""
  let content: HTMLMarkup
}
