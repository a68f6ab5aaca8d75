import SheepCore
import SheepTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The prompt where readline is missing: whole lines as the terminal itself edits them.
///
/// The terminal is left as it was found. A line ends a message, unless it ends in a backslash or
/// `"""` or `:::` has opened a block; a text to be mended is printed above the prompt.
final class CookedLineEditor: LineEditor {
  var completer: ((CompletionRequest) -> CompletionAnswer)?
  var pasteNote: ((String) -> String?)?
  var resumed: (() -> Void)?
  private(set) var history: [String] = []

  private let loop: any EventLoop
  private var bytes: [UInt8] = []
  private var lines: [String] = []
  private var handler: ((LineEvent) -> Void)?

  /// An editor on standard input; `nil` where that is no terminal.
  init?(_ loop: any EventLoop) {
    guard isatty(0) == 1 else { return nil }
    self.loop = loop
  }

  func read(prompt: String, ink: Ink, text: String, _ handler: @escaping (LineEvent) -> Void) {
    self.handler = handler
    lines = []
    if !text.isEmpty { show(text + "\n") }
    show(prompt)
    loop.watch(descriptor: 0) { [unowned self] in take() }
    if let line = nextLine() { loop.schedule(line: line, self) }
  }

  fileprivate func take(_ line: String) {
    if let first = lines.first, let fence = MessageRules.fence(of: first) {
      guard line.hasSuffix(fence) else { return more(line) }
      lines.append(String(line.dropLast(fence.count)))
      lines[0] = String(first.dropFirst(fence.count))
      if lines[0].isEmpty { lines.removeFirst() }
      if lines.last?.isEmpty ?? false { lines.removeLast() }
      return end(.submitted(lines.joined(separator: "\n")))
    }
    if lines.isEmpty, let fence = MessageRules.fence(of: line) {
      let rest = line.dropFirst(fence.count)
      guard rest.hasSuffix(fence) else { return more(line) }
      return end(.submitted(String(rest.dropLast(fence.count))))
    }
    if line.hasSuffix("\\") { return more(String(line.dropLast())) }
    end(.submitted((lines + [line]).joined(separator: "\n")))
  }

  private func more(_ line: String) {
    lines.append(line)
    show("… ")
    if let line = nextLine() { take(line) }
  }

  private func take() {
    var block = [UInt8](repeating: 0, count: 4096)
    let count = block.withUnsafeMutableBytes { SystemFile.systemRead(0, $0) }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else { return end(.ended) }
    bytes += block[..<count]
    if let line = nextLine() { take(line) }
  }

  private func nextLine() -> String? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = String(decoding: bytes[..<end], as: UTF8.self)
    bytes.removeFirst(end + 1)
    return line
  }

  private func end(_ event: LineEvent) {
    loop.unwatch(descriptor: 0)
    let handler = handler
    self.handler = nil
    handler?(event)
  }

  func remember(_ entry: String) {
    if !entry.hasPrefix(" ") { history.append(entry) }
  }

  func interrupt() {
    guard handler != nil else { return }
    show("\n")
    // What is typed and not ended is in the terminal's own buffer, which Ctrl-C has emptied.
    end(.interrupted(wasEmpty: lines.isEmpty))
  }

  func edit(_ text: String) -> String? { nil }

  func close() { loop.unwatch(descriptor: 0) }

  private func show(_ text: String) {
    var text = text
    text.withUTF8 { _ = SystemFile.systemWrite(2, UnsafeRawBufferPointer($0)) }
  }
}

extension EventLoop {
  /// Gives a line that was typed ahead in the loop's next turn.
  fileprivate func schedule(line: String, _ editor: CookedLineEditor) {
    _ = schedule(at: now) { editor.take(line) }
  }
}
