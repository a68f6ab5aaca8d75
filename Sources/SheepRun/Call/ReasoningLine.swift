package import SheepCore
package import SheepTerminal

/// Shows a model's reasoning on standard error, dim, apart from the answer.
package final class ReasoningLine {
  private let messages: Messages
  private let sink: any ByteSink
  private let style: Style
  private var filter = EscapeFilter(.answer)
  private var isOpen = false
  private var lastByte: UInt8 = 0x0a

  /// Reasoning to `sink`, which `messages` shares.
  package init(sink: any ByteSink, messages: Messages, style: Style) {
    self.sink = sink
    self.messages = messages
    self.style = style
  }

  /// Shows the next piece.
  package func show(_ text: BorrowedText) {
    if !isOpen {
      messages.beforeWriting?()
      isOpen = true
    }
    var bytes: [UInt8] = []
    filter.write(text.bytes, to: &bytes)
    guard let last = bytes.last else { return }
    lastByte = last
    sink.write(style.dim(String(decoding: bytes, as: UTF8.self)))
  }

  /// Ends the passage, so that what follows stands apart from it.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    sink.write(lastByte == 0x0a ? "\n" : "\n\n")
    lastByte = 0x0a
  }
}
