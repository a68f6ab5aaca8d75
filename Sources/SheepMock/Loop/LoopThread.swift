import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread of our own that can be joined.
///
/// It takes no signals: those belong to the program that the gateway runs in.
struct LoopThread: Sendable {
  #if canImport(Glibc)
    private let handle: pthread_t
  #else
    private let handle: UInt
  #endif

  /// Starts the thread; `nil` when the system refuses one.
  init?(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, runThread, box.toOpaque())
      handle = thread
    #else
      var thread: pthread_t?
      let status = pthread_create(&thread, nil, runThread, box.toOpaque())
      handle = UInt(bitPattern: thread)
    #endif
    if status != 0 {
      box.release()
      return nil
    }
  }

  /// Waits until the thread has ended. Call it once.
  func join() {
    #if canImport(Glibc)
      pthread_join(handle, nil)
    #else
      if let thread = pthread_t(bitPattern: handle) { pthread_join(thread, nil) }
    #endif
  }
}

/// Carries the closure through C.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

#if canImport(Glibc)
  private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    begin(argument)
    return nil
  }
#else
  private func runThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    begin(argument)
    return nil
  }
#endif

private func begin(_ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_BLOCK, &all, nil)
  #if os(Linux)
    sheep_tighten_timers()
  #endif
  Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
}
