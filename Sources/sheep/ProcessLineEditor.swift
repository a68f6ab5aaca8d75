import SheepCore
import SheepRun
import SheepStore
import SheepTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The prompt's editor on the real terminal, with the user's history and the user's editor.
enum ProcessLineEditor {
  /// An editor fed by that loop; `nil` where standard input is no terminal, or where there is
  /// neither readline nor libedit.
  static func make(_ loop: any EventLoop, keepsHistory: Bool) -> (any LineEditor)? {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let info = TerminalInfo(isTTY: isatty(0) == 1, variable: variable)
    return ReadlineEditor(
      loop: PromptLoop(loop), info: info,
      history: history(keepsHistory ? Paths(variable: variable).stateFolder : nil),
      runEditor: { runEditor(on: $0, variable) })
  }

  private static func history(_ folder: String?) -> HistoryAccess {
    guard let folder else { return .none }
    let file = HistoryFile(folder: folder, capacity: HistoryList.capacity)
    return HistoryAccess(load: file.load, append: file.append)
  }

  private static func runEditor(on path: String, _ variable: (String) -> String?) -> Bool {
    let set = ["VISUAL", "EDITOR"].lazy.compactMap(variable).first { !$0.isEmpty }
    guard let words = CommandWords.split(set ?? "vi"), !words.isEmpty else { return false }
    let status = try? ProcessCommand.runInteractively(words + [path])
    return status == 0
  }
}
