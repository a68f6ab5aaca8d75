/// What standard input is.
package enum InputKind: Equatable, Sendable {
  case terminal
  /// A pipe or a regular file: reading it comes to an end by itself.
  case finite
  /// A socket, a device, or nothing: reading it could wait for ever.
  case other
}

/// Where input comes from: standard input, or bytes in a test.
package protocol InputSource: AnyObject {
  var kind: InputKind { get }

  /// Everything up to the end.
  /// - Throws: the system's error.
  func readAll() throws(SystemError) -> [UInt8]

  /// What the loop can wait for; `nil`: all of it is there.
  var descriptor: Int32? { get }

  /// What has come by now, waiting for at least one byte; empty at the end.
  /// - Throws: the system's error.
  func readSome() throws(SystemError) -> [UInt8]
}

extension InputSource {
  package var descriptor: Int32? { nil }

  package func readSome() throws(SystemError) -> [UInt8] { try readAll() }
}

/// An error of the operating system.
package struct SystemError: Error, Equatable, Sendable {
  /// The system's error number (`errno`).
  package let number: Int32
  /// The system's words for it: `No such file or directory`.
  package let text: String

  /// An error with the system's own words.
  package init(number: Int32, text: String) {
    self.number = number
    self.text = text
  }
}
