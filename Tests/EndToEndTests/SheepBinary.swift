import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program, which the package manager puts beside the tests.
enum SheepBinary {
  /// Its path.
  static let path: String = {
    for place in places where access(place, X_OK) == 0 { return place }
    return "sheep"
  }()

  /// Beside this program, or beside the bundle that a helper program runs.
  private static var places: [String] {
    let programs = [realPath("/proc/self/exe") ?? ""] + CommandLine.arguments
    return programs.flatMap { program in
      var folder = program.split(separator: "/", omittingEmptySubsequences: false)
      return (0..<4).compactMap { _ -> String? in
        guard folder.popLast() != nil, !folder.isEmpty else { return nil }
        return folder.joined(separator: "/") + "/sheep"
      }
    }
  }

  private static func realPath(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}

/// Starts programs with exactly the descriptors that they are given.
enum Spawning {
  /// One at a time, so that no program inherits a descriptor made for another.
  private static let turn = Mutex(())

  /// Does something that makes descriptors and starts a program.
  static func alone<Result>(_ body: () throws -> sending Result) rethrows -> sending Result {
    try turn.withLock { _ in try body() }
  }

  /// What a descriptor of the new program is.
  enum Source {
    case descriptor(Int32)
    case file(String, Int32)
    case closed
  }

  /// Starts a program with default signals; `sessions`: at the head of a session of its own,
  /// whose terminal is the first one that it opens.
  static func start(
    _ path: String, _ arguments: [String], environment: [String: String], descriptors: [Source],
    startsSession: Bool = false
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, source) in descriptors.enumerated() {
      switch source {
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      case .file(let name, let flags):
        posix_spawn_file_actions_addopen(&actions, Int32(number), name, flags, 0o600)
      case .closed: posix_spawn_file_actions_addclose(&actions, Int32(number))
      }
    }
    // The threads of the tests block signals, and a child would inherit that.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    if startsSession { flags |= setSession }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var environment = environment
    // Where `make coverage` wants to know what the program ran.
    if let profile = getenv("LLVM_PROFILE_FILE") {
      environment["LLVM_PROFILE_FILE"] = String(cString: profile)
    }
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var identifier: pid_t = 0
    let result = posix_spawn(&identifier, path, &actions, &attributes, &words, &variables)
    try #require(result == 0, "\(path) cannot be started: \(String(cString: strerror(result)))")
    return identifier
  }

  /// POSIX_SPAWN_SETSID, which the C headers hide without extensions.
  private static var setSession: Int32 {
    #if os(Linux)
      0x80
    #else
      0x400
    #endif
  }
}
