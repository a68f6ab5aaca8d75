import SheepCore
import SheepRun

/// The lines of standard input as they come, on the loop.
final class InputLines {
  /// What came.
  enum Next {
    /// A line without its end.
    case line([UInt8])
    case end
    /// The signal that asks the program to end.
    case signal(Int32)
    case failed(Failure)
  }

  private let program: Run
  private var input: any InputSource { program.environment.standardInput }
  private var bytes: [UInt8] = []
  /// Where the bytes begin that were looked through in vain.
  private var searched = 0
  private var hasEnded = false

  /// A longer line is nobody's message, in bytes.
  private static let limit = 64 << 20

  init(_ program: Run) {
    self.program = program
  }

  /// Waits for the next line. The last one need not have an end.
  func next() -> Next {
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(bytes[..<end])
        bytes.removeFirst(end + 1)
        searched = 0
        return .line(line)
      }
      searched = bytes.count
      if hasEnded {
        defer { (bytes, searched) = ([], 0) }
        return bytes.isEmpty ? .end : .line(bytes)
      }
      if bytes.count > Self.limit {
        return .failed(
          Failure(
            .usage, "standard input", "has a line of more than \(Self.limit >> 20) MiB", advice: "shorten it")
        )
      }
      if let signal = wait() { return .signal(signal) }
      do throws(SystemError) {
        let more = try input.readSome()
        hasEnded = more.isEmpty || input.descriptor == nil
        bytes += more
      } catch {
        return .failed(Failure(.usage, "standard input", error.text))
      }
    }
  }

  /// Waits until there is something to read. Returns the signal that came instead.
  private func wait() -> Int32? {
    guard let descriptor = input.descriptor else { return nil }
    var isReady = false
    program.loop.watch(descriptor: descriptor) { isReady = true }
    defer { program.loop.unwatch(descriptor: descriptor) }
    return program.serve { isReady }
  }
}
