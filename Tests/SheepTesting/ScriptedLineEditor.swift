package import SheepCore
package import SheepTerminal

/// A person at the prompt, by script: each read gets the next thing that is done.
package final class ScriptedLineEditor: LineEditor {
  /// What is done at a prompt.
  package enum Step {
    /// A line is typed in the place of what stands there, and sent.
    case line(String)
    /// Enter is pressed on what stands there.
    case enter
    /// Ctrl-C.
    case interrupt(wasEmpty: Bool)
    /// Ctrl-D.
    case end
    /// Something happens, and then the next step is taken.
    case act(() -> Void)
  }

  /// A read as it was asked for.
  package struct Read: Equatable {
    package var prompt: String
    /// What stood in the edit line.
    package var text: String
  }

  package var completer: ((CompletionRequest) -> CompletionAnswer)?
  package var pasteNote: ((String) -> String?)?
  package var resumed: (() -> Void)?
  /// What the user's editor makes of a text.
  package var editing: ((String) -> String?)?
  /// The loop that serves the reads; set when the chat makes its editor.
  package var loop: (any EventLoop)?
  package private(set) var reads: [Read] = []
  package private(set) var history: [String] = []
  package private(set) var isClosed = false
  private var steps: [Step]

  /// A person who does these things, and then leaves by Ctrl-D.
  package init(_ steps: [Step]) {
    self.steps = steps
  }

  /// A person who types these lines, and then leaves by Ctrl-D.
  package convenience init(lines: String...) {
    self.init(lines.map { .line($0) })
  }

  package func read(prompt: String, ink: Ink, text: String, _ handler: @escaping (LineEvent) -> Void) {
    reads.append(Read(prompt: prompt, text: text))
    guard let loop else { return }
    _ = loop.schedule(at: loop.now) { self.next(text, handler) }
  }

  private func next(_ text: String, _ handler: (LineEvent) -> Void) {
    guard !steps.isEmpty else { return handler(.ended) }
    switch steps.removeFirst() {
    case .line(let line): handler(.submitted(line))
    case .enter: handler(.submitted(text))
    case .interrupt(let wasEmpty): handler(.interrupted(wasEmpty: wasEmpty))
    case .end: handler(.ended)
    case .act(let action):
      action()
      next(text, handler)
    }
  }

  /// What Tab offers behind this beginning of a line.
  package func completions(_ head: String) -> [String] {
    completer?(CompletionRequest(line: head, head: head)).candidates.map(\.text) ?? []
  }

  package func remember(_ entry: String) { history.append(entry) }

  package func edit(_ text: String) -> String? { editing?(text) ?? nil }

  package func close() { isClosed = true }
}
