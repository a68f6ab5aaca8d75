import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real terminal emulator with a shell in it.
final class Tmux {
  /// Home of tmux and of the shell, with the socket: nothing of them stays behind.
  private let folder: TemporaryFolder
  private var socket: String { folder.path + "/socket" }
  static let path: String? = ["/usr/bin/tmux", "/opt/homebrew/bin/tmux", "/usr/local/bin/tmux"].first {
    (path: String) in
    access(path, X_OK) == 0
  }

  init(variables: [String: String] = [:], shell: String = "sh") throws {
    folder = try TemporaryFolder()
    try run(
      ["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "env PS1='prompt> ' \(shell)"],
      variables: variables)
    waitForScreen { $0.last?.hasPrefix("prompt>") == true }
  }

  deinit { _ = try? run(["kill-server"]) }

  @discardableResult
  func run(_ arguments: [String], variables: [String: String] = [:]) throws -> String {
    // Without SHELL tmux would run commands in the user's login shell, which may be nologin.
    let own = ["HOME": folder.path, "SHELL": "/bin/sh"].merging(variables) { $1 }
    let process = try SheepProcess(
      program: Self.path ?? "tmux", ["-u", "-S", socket] + arguments, variables: own)
    process.finish()
    return process.text
  }

  /// Types a line, and waits until the shell has run it.
  func type(_ line: String) throws {
    try run(["send-keys", "-l", "--", line + "; tmux -S \(socket) wait-for -S over"])
    try run(["send-keys", "Enter"])
    try run(["wait-for", "over"])
    waitForScreen { $0.last?.hasPrefix("prompt>") == true }
  }

  /// Types text as it is.
  func write(_ text: String) throws { try run(["send-keys", "-l", "--", text]) }

  /// Presses keys by their names: `C-c`, `Up`, `Enter`.
  func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

  /// Pastes text as a terminal does that was asked to mark it.
  func paste(_ text: String) throws {
    try run(["set-buffer", "--", text])
    try run(["paste-buffer", "-p"])
  }

  /// The cursor's column and row.
  var cursor: String {
    let text = (try? run(["display-message", "-p", "#{cursor_x},#{cursor_y}"])) ?? ""
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }

  /// The lines of the screen without the blanks at their ends.
  var screen: [String] {
    let text = (try? run(["capture-pane", "-p"])) ?? ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Waits until the screen is as it should be, at most for a while.
  func waitForScreen(_ isRight: ([String]) -> Bool) {
    if case .done = Waiting.wait(until: { isRight(screen) }) { return }
    Issue.record("the screen shows \(screen)")
  }
}
