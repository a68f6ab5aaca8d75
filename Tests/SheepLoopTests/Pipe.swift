import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe whose ends close with it; reads and writes do not wait.
final class Pipe {
  let reader: Int32
  private(set) var writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    reader = ends[0]
    writer = ends[1]
  }

  deinit {
    close(reader)
    closeWriter()
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(write(writer, bytes, bytes.count) == bytes.count)
  }

  /// Up to 64 bytes; none at the end or when there is nothing to read.
  func receive() -> String {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }

  /// Writes until nothing more fits.
  func fill() {
    let block = [UInt8](repeating: 0, count: 4096)
    while write(writer, block, block.count) > 0 {}
  }

  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }
}
