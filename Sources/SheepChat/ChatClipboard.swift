import SheepCore
import SheepRun

/// The clipboard: the system's own tool where there is one, else the terminal's sequence OSC 52.
///
/// What a model wrote must be cleaned before it comes here: whoever pastes it into a shell would
/// run its control characters.
struct ChatClipboard {
  /// Terminals drop longer ones; 74,994 bytes are 100,000 in base64, xterm's and hterm's limit.
  static let longestSequence = 74_994
  private static let patience: Duration = .seconds(5)

  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  /// A tool by its words.
  typealias Tool = [String]

  /// The tools that can take text here, the likeliest first.
  var copyTools: [Tool] {
    tools(
      wayland: ["wl-copy"], x11: [["xclip", "-selection", "clipboard", "-in"], ["xsel", "-b", "-i"]],
      mac: ["pbcopy"])
      + (isSet("TMUX") ? [["tmux", "load-buffer", "-w", "-"]] : [])
  }

  /// The tools that can give text here.
  var pasteTools: [Tool] {
    tools(
      wayland: ["wl-paste", "--no-newline"],
      x11: [["xclip", "-selection", "clipboard", "-out"], ["xsel", "-b", "-o"]], mac: ["pbpaste"])
      + (isSet("TMUX") ? [["tmux", "save-buffer", "-"]] : [])
  }

  private func tools(wayland: Tool, x11: [Tool], mac: Tool) -> [Tool] {
    #if os(macOS)
      return [mac]
    #else
      return (isSet("WAYLAND_DISPLAY") ? [wayland] : []) + (isSet("DISPLAY") ? x11 : [])
    #endif
  }

  private func isSet(_ name: String) -> Bool { !(environment.variable(name) ?? "").isEmpty }

  /// Copies a text, and says how it went there: `with wl-copy`.
  func copy(_ text: String) throws(Failure) -> String {
    let bytes = Array(text.utf8)
    for tool in copyTools {
      do throws(CommandError) {
        _ = try environment.runFilter(tool, bytes, Self.patience)
        return "with \(tool[0])"
      } catch { continue }
    }
    guard environment.standardOutput.isTerminal else {
      throw Failure(
        .output, "/copy", "no clipboard tool found", advice: "install wl-clipboard, xclip or xsel")
    }
    guard bytes.count <= Self.longestSequence else {
      throw Failure(
        .output, "/copy",
        "\(ChatAttachments.bytes(bytes.count)) is more than a terminal accepts (\(ChatAttachments.bytes(Self.longestSequence)))",
        advice: "use /write FILE, or install wl-clipboard, xclip or xsel")
    }
    environment.standardOutput.write(Self.sequence(bytes, isInTmux: isSet("TMUX")))
    return "through the terminal, if it allows this"
  }

  /// The sequence that sets the clipboard, wrapped so that tmux passes it on to its terminal.
  static func sequence(_ bytes: [UInt8], isInTmux: Bool) -> String {
    let sequence = "\u{1b}]52;c;" + Base64.encode(bytes) + "\u{7}"
    guard isInTmux else { return sequence }
    return "\u{1b}Ptmux;" + "\u{1b}" + sequence + "\u{1b}\\"
  }

  /// The clipboard's text, without control characters, and how many were taken out.
  func paste() throws(Failure) -> (text: String, removed: Int) {
    let tools = pasteTools
    for tool in tools {
      let bytes: [UInt8]
      do throws(CommandError) { bytes = try environment.runFilter(tool, nil, Self.patience) } catch {
        continue
      }
      return Chat.cleaned(try PromptText.decode(bytes, subject: "the clipboard"))
    }
    throw Failure(
      .usage, "/paste", "no tool found that reads the clipboard",
      advice: "install wl-clipboard, xclip or xsel, or paste with your terminal's shortcut")
  }
}
