import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal that the prompt is on: its keys, its modes, its size, and what is written to it.
///
/// There is one in a process. Whatever ends the process, the terminal is given back as it was.
final class TerminalDevice {
  /// What reading brought.
  enum Reading {
    case bytes([UInt8])
    /// Nothing yet.
    case nothing
    /// The terminal is gone.
    case gone
  }

  private let input: Int32
  private let output: Int32
  /// Becomes readable when the size has changed, or the process was asked to stop or was
  /// continued; -1 when the system has no pipe for that.
  let signals: Int32
  private let welcome: [UInt8]

  /// Holds the terminal of standard input; `nil` when that is none. `isDumb`: it is not asked to
  /// mark what is pasted.
  init?(isDumb: Bool) {
    input = 0
    // Where a person looks: not into a pipe or a file.
    output = isatty(1) == 1 ? 1 : isatty(2) == 1 ? 2 : 0
    welcome = isDumb ? [] : Array("\u{1b}[?2004h".utf8)
    guard isatty(input) == 1,
      sheep_terminal_hold(input, output, isDumb ? 0 : 1) == 0
    else { return nil }
    signals = sheep_watch_terminal_signals()
  }

  var interruptKey: Int32 { sheep_terminal_interrupt_key() }
  var suspendKey: Int32 { sheep_terminal_suspend_key() }

  /// Takes the terminal, with its pastes marked.
  /// - Returns: what had been typed before, which the terminal may have changed in its own way;
  ///   `nil` from the background, where the terminal is somebody else's.
  func enter(_ mode: sheep_terminal_mode) -> [UInt8]? {
    guard sheep_terminal_set(mode) != 1 else { return nil }
    write(welcome)
    let count = Int(sheep_terminal_unread(input))
    guard count > 0, case .bytes(let bytes) = read(atMost: count) else { return [] }
    return bytes
  }

  /// Changes the mode of a terminal that is held already; false from the background.
  func change(to mode: sheep_terminal_mode) -> Bool { sheep_terminal_set(mode) != 1 }

  /// Gives the terminal back; `enter` takes it again.
  func giveBack() { sheep_terminal_give_back() }

  /// Gives the terminal back for good.
  func release() {
    sheep_terminal_give_back()
    sheep_terminal_release()
  }

  /// Reads what is there, and waits when nothing is.
  func read(atMost limit: Int = 1 << 16) -> Reading {
    var block = [UInt8](repeating: 0, count: limit)
    let count = block.withUnsafeMutableBytes { systemRead(input, $0) }
    if count > 0 { return .bytes(Array(block[..<count])) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? .nothing : .gone
  }

  /// The columns and rows; those of a usual terminal when it does not say.
  var size: (width: Int, height: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    sheep_terminal_size(output, &columns, &rows)
    return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
  }

  /// Writes all of it; what the terminal does not take is lost with the terminal.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(output, $0) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var entry = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1000)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// The numbers of the signals that came, each once.
  func takeSignals() -> Set<Int32> {
    var numbers: Set<Int32> = []
    while case let number = sheep_next_signal(signals), number != 0 { numbers.insert(number) }
    return numbers
  }
}
