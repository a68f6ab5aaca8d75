import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One run of the built program, with everything that it wrote. Every wait has a limit.
final class SheepProcess {
  /// What standard input is.
  enum Input {
    case nothing
    case closed
    case bytes([UInt8])
    case descriptor(Int32)
  }

  /// What standard output is.
  enum Output {
    case pipe
    case file(String)
    case closed
  }

  /// How the program ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private(set) var end: End?
  private(set) var identifier: pid_t = 0
  /// What must live as long as the program runs: the gateway that it talks to.
  var companion: AnyObject?
  private var reading: [Int32] = [-1, -1]
  private var inputReader: Int32 = -1
  private var feeding: (descriptor: Int32, rest: ArraySlice<UInt8>)?
  private let location: SourceLocation
  /// Its home, unless a test gives it another one.
  private let home: TemporaryFolder

  /// Starts `sheep` with these arguments and variables (nothing else is inherited).
  convenience init(
    _ arguments: [String], variables: [String: String] = [:], input: Input = .nothing, output: Output = .pipe,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try self.init(
      program: SheepBinary.path, arguments, variables: variables, input: input, output: output,
      sourceLocation: sourceLocation)
  }

  /// Starts a program.
  init(
    program: String, _ arguments: [String], variables: [String: String] = [:], input: Input = .nothing,
    output: Output = .pipe, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    location = sourceLocation
    home = try TemporaryFolder()
    var environment = ["PATH": "/usr/bin:/bin", "HOME": home.path, "TERM": "xterm", "LC_ALL": "C.UTF-8"]
    environment.merge(variables) { $1 }
    var started: (pid_t, [Int32], Int32) = (0, [], -1)
    try Spawning.alone {
      let (outputEnd, outputSource) = try Self.target(output)
      let (errorEnd, errorSource) = try Self.target(.pipe)
      let (inputEnd, inputSource) = try Self.source(input)
      defer {
        for case .descriptor(let descriptor) in [outputSource, errorSource] { close(descriptor) }
        // Kept open here: writing into a pipe without a reader would end the tests by SIGPIPE.
        if case .bytes = input, case .descriptor(let descriptor) = inputSource { inputReader = descriptor }
      }
      let process = try Spawning.start(
        program, arguments, environment: environment, descriptors: [inputSource, outputSource, errorSource])
      started = (process, [outputEnd, errorEnd], inputEnd)
    }
    (identifier, reading) = (started.0, started.1)
    if case .bytes(let bytes) = input { feeding = (started.2, bytes[...]) }
  }

  private static func target(_ output: Output) throws -> (Int32, Spawning.Source) {
    switch output {
    case .pipe:
      let (reading, writing) = try pipe()
      return (reading, .descriptor(writing))
    case .file(let path): return (-1, .file(path, O_WRONLY))
    case .closed: return (-1, .closed)
    }
  }

  private static func source(_ input: Input) throws -> (Int32, Spawning.Source) {
    switch input {
    case .nothing: return (-1, .file("/dev/null", O_RDONLY))
    case .closed: return (-1, .closed)
    case .descriptor(let descriptor): return (-1, .descriptor(descriptor))
    case .bytes:
      let (reading, writing) = try pipe()
      _ = fcntl(writing, F_SETFL, O_NONBLOCK)
      return (writing, .descriptor(reading))
    }
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      try #require(Glibc.pipe(&ends) == 0)
    #else
      try #require(Darwin.pipe(&ends) == 0)
    #endif
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  deinit {
    closeOutput()
    if reading[1] >= 0 { close(reading[1]) }
    if let feeding { close(feeding.descriptor) }
    if inputReader >= 0 { close(inputReader) }
    if end == nil {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
  }

  /// Lets go of standard output, as `head` does when it has enough.
  func closeOutput() {
    if reading[0] >= 0 { close(reading[0]) }
    reading[0] = -1
  }

  /// Sends a signal to it.
  func signal(_ number: Int32) { kill(identifier, number) }

  /// Sends a signal again and again until the program has ended: two that come before it runs
  /// again count as one.
  func insist(on number: Int32) {
    wait {
      if self.end != nil { return true }
      kill(self.identifier, number)
      return false
    }
  }

  /// Reads until standard output contains the text.
  func waitForOutput(_ text: String) { wait { Self.contains(self.output, text) } }

  /// Reads until standard error contains the text.
  func waitForErrors(_ text: String) { wait { Self.contains(self.errors, text) } }

  /// Waits for its end.
  @discardableResult
  func finish() -> End {
    wait { self.end != nil }
    return end ?? .exit(-1)
  }

  /// Reads, writes and looks for the end until `done`; a test that takes too long has failed.
  private func wait(until done: () -> Bool) {
    let isOver = { self.end != nil && self.reading.allSatisfy { $0 < 0 } }
    switch Waiting.wait(until: done, hopelessWhen: isOver, turn: turn) {
    case .done: return
    case .hopeless: Issue.record("it ended before that: \(errorText)", sourceLocation: location)
    case .late:
      Issue.record("it takes too long: \(text) \(errorText)", sourceLocation: location)
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
      end = .exit(-1)
    }
  }

  private func turn() {
    feed()
    var entries = reading.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&entries, nfds_t(entries.count), 5)
    for (index, entry) in entries.enumerated() where entry.fd >= 0 && entry.revents != 0 {
      var block = [UInt8](repeating: 0, count: 65_536)
      let count = read(entry.fd, &block, block.count)
      if count > 0 {
        if index == 0 { output += block[..<count] } else { errors += block[..<count] }
      } else if count == 0 {
        close(entry.fd)
        reading[index] = -1
      }
    }
    // Only once nothing more can be read, so that nothing it wrote is missing.
    guard end == nil, reading.allSatisfy({ $0 < 0 }) else { return }
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return }
    end = status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  private func feed() {
    guard var feeding else { return }
    let block = Array(feeding.rest.prefix(65_536))
    let count = block.isEmpty ? 0 : write(feeding.descriptor, block, block.count)
    if count > 0 { feeding.rest = feeding.rest.dropFirst(count) }
    if feeding.rest.isEmpty || end != nil {
      close(feeding.descriptor)
      self.feeding = nil
    } else {
      self.feeding = feeding
    }
  }

  /// Standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  var errorText: String { String(decoding: errors, as: UTF8.self) }
  /// Whether either output has these bytes.
  func mentions(_ part: some StringProtocol) -> Bool {
    Self.contains(output, String(part)) || Self.contains(errors, String(part))
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let needle = Array(text.utf8)
    guard let first = needle.first, bytes.count >= needle.count else { return needle.isEmpty }
    for index in 0...(bytes.count - needle.count) where bytes[index] == first {
      if bytes[index..<index + needle.count].elementsEqual(needle) { return true }
    }
    return false
  }
}
