#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits for what another process does.
enum Waiting {
  /// Why a wait is over.
  enum Outcome {
    case done
    /// What was waited for cannot come any more.
    case hopeless
    case late
  }

  /// What no wait takes longer than, in seconds; far beyond what any of them needs, also where many
  /// tests share few processors.
  static let limit = 300.0

  /// Takes turns until `done`.
  /// - Parameter turn: waits a little for something to happen, and takes it in.
  static func wait(
    until done: () -> Bool, hopelessWhen isHopeless: () -> Bool = { false }, turn: () -> Void = pause
  ) -> Outcome {
    let start = seconds
    while !done() {
      if isHopeless() { return .hopeless }
      if seconds - start > limit { return .late }
      turn()
    }
    return .done
  }

  /// Gives others the processor, where there is nothing to wait on.
  static func pause() { poll(nil, 0, 5) }

  /// Seconds of a clock that nobody sets.
  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
