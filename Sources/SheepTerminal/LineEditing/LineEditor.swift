/// Reads what a person types at a prompt, fed by the event loop, so that the same thread can wait
/// for keys and for an answer.
///
/// The real one is `ReadlineEditor`; tests script their own. Between two reads the editor holds
/// the terminal in its own mode: keys typed while an answer streams are kept, unseen, for the next
/// read, and Ctrl-C comes as SIGINT. `close` gives the terminal back as it was found.
package protocol LineEditor: AnyObject {
  /// Asked on Tab; `nil`: nothing is completed.
  var completer: ((CompletionRequest) -> CompletionAnswer)? { get set }

  /// Says something above the prompt that the person should see: the size and the estimated
  /// tokens of a large paste. Gets the pasted text; returns the note without a line end.
  var pasteNote: ((String) -> String?)? { get set }

  /// Called when the program was suspended between two reads and goes on: the shell has written
  /// below what an answer had shown so far.
  var resumed: (() -> Void)? { get set }

  /// Shows the prompt with `text` in the edit line, and calls `handler` once, from the loop.
  ///
  /// - Parameters:
  ///   - prompt: plain text, without control sequences and line ends.
  ///   - ink: how the prompt looks where the terminal has colours.
  func read(prompt: String, ink: Ink, text: String, _ handler: @escaping (LineEvent) -> Void)

  /// Adds an entry to the history and its file. Duplicates move to the end; an entry that begins
  /// with a space is not kept.
  func remember(_ entry: String)

  /// The entries, the oldest first.
  var history: [String] { get }

  /// Ends the read at the prompt as Ctrl-C does; nothing happens without one. For a SIGINT that
  /// comes from elsewhere, or that was meant for an answer which had just ended.
  func interrupt()

  /// Opens the user's editor on a text, with the terminal as it was found, and returns what the
  /// file holds afterwards; `nil` when the editor could not be run or ended with an error.
  func edit(_ text: String) -> String?

  /// Gives the terminal back as it was found. Nothing is read afterwards.
  func close()
}

extension LineEditor {
  /// An editor without signals.
  package func interrupt() {}
}

/// How a read at the prompt ended.
package enum LineEvent: Equatable, Sendable {
  /// A whole message, its lines parted by LF; pasted text as it was pasted, with CR LF made LF.
  case submitted(String)
  /// Ctrl-C. What had been typed was taken off the line and put into the history.
  case interrupted(wasEmpty: Bool)
  /// Ctrl-D on an empty line, or the terminal is gone.
  case ended
}

/// What is to be completed: the edit line and where the cursor stands in it.
package struct CompletionRequest: Equatable, Sendable {
  /// The whole edit line.
  package var line: String
  /// The text from the line's beginning to the cursor.
  package var head: String

  /// A line with the cursor after `head`.
  package init(line: String, head: String) {
    self.line = line
    self.head = head
  }
}

/// What the word at the cursor can become.
package struct CompletionAnswer: Equatable, Sendable {
  /// One possibility.
  package struct Candidate: Equatable, Sendable {
    /// What takes the word's place.
    package var text: String
    /// What a list of possibilities says beside it: a model's window and price; may be empty.
    package var note: String

    /// A possibility.
    package init(_ text: String, note: String = "") {
      self.text = text
      self.note = note
    }
  }

  /// The end of `CompletionRequest.head` that is replaced; may be empty.
  package var word: String
  package var candidates: [Candidate]
  /// Whether a single candidate is followed by a space; false for a folder.
  package var addsSpace: Bool

  /// Candidates for `word`.
  package init(word: String, candidates: [Candidate], addsSpace: Bool = true) {
    self.word = word
    self.candidates = candidates
    self.addsSpace = addsSpace
  }
}
