/// How an error reads on one line.
///
/// `SUBJECT: PROBLEM; ADVICE` is the usual form: `notes.txt: No such file or directory; check the name`. A
/// problem that begins with a verb is what the subject is or does, so no colon comes between the two:
/// `profile 'azure' has no default address`. A place in a file keeps its colon, as compilers write it:
/// `config.toml:3:1: is not a setting`.
package enum ErrorSentence {
  /// The verbs a problem may begin with.
  private static let verbs: Set<String> = [
    "accepts", "already", "answered", "applies", "are", "asks", "became", "begins", "belongs", "broke",
    "calls",
    "came", "can", "cannot", "claims", "comes", "contains", "costs", "could", "counts", "declined", "depends",
    "did", "do", "does", "ended", "ends", "exists", "exited", "expects", "fails", "failed", "fell", "fits",
    "gave", "gives", "had", "has", "have", "holds", "is", "lacks", "leads", "leaves", "limits", "lists",
    "looks",
    "makes", "matches", "may", "means", "must", "names", "needs", "nests", "numbers", "occurs",
    "points", "printed", "reads", "redirects", "refers", "refused", "refuses", "repeats", "reported",
    "requires", "resolves",
    "returned", "says", "sends", "sent", "serves", "sets", "should", "starts", "stopped", "supports", "takes",
    "timed", "took", "uses", "was", "were", "will", "works", "would", "writes",
  ]

  /// The sentence without a full stop; `advice` is `nil` where there is nothing to advise.
  package static func text(_ subject: String, _ problem: String, advice: String? = nil) -> String {
    let statement = subject + separator(subject, problem) + problem
    guard let advice else { return statement }
    return statement + (problem.hasSuffix("?") ? " " : "; ") + advice
  }

  /// Whether the problem is what the subject is or does, and says nothing without it.
  package static func isPredicate(_ problem: String) -> Bool {
    verbs.contains(String(problem.prefix { $0 != " " && $0 != "," && $0 != ":" && $0 != ";" }))
  }

  /// What comes between the two.
  private static func separator(_ subject: String, _ problem: String) -> String {
    isPredicate(problem) && !isPlace(subject) ? " " : ": "
  }

  /// Whether the subject is a line of a file: it ends in a colon and a number.
  private static func isPlace(_ subject: String) -> Bool {
    let digits = subject.utf8.reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return !digits.isEmpty && subject.utf8.dropLast(digits.count).last == UInt8(ascii: ":")
  }
}
