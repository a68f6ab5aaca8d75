/// What the person sees.
extension ReadlineEditor {
  /// The prompt begins in the cursor's row.
  func startScreen() {
    let size = terminal.size
    screen.reset(width: size.width, height: size.height)
    dumbScreen.reset(width: size.width)
  }

  private func layout(width: Int) -> PromptLayout {
    let line = library.line
    let message = library.message
    return PromptLayout(
      prompt: message ?? prompt, ink: message == nil ? ink : .dim, text: line.text, point: line.point,
      width: width, label: { self.standIns.label(of: $0) })
  }

  /// Shows the line as it is now.
  func draw() {
    guard handler != nil else { return }
    let layout = layout(width: terminal.size.width)
    if isDumb {
      terminal.write(dumbScreen.draw(layout))
    } else {
      terminal.write(screen.draw(layout, below: completion?.rows ?? []))
    }
  }

  /// Leaves the line as it is on the screen, whole; the next thing begins below it.
  func leaveLine(mark: String = "") {
    let layout = layout(width: terminal.size.width)
    if isDumb {
      terminal.write(dumbScreen.finish(layout, mark: mark))
    } else {
      terminal.write(screen.finish(layout, mark: mark))
    }
  }

  /// Before somebody else writes below.
  func stepOffScreen() {
    completion = nil
    leaveLine()
  }

  /// Before somebody else has the whole screen.
  func eraseScreen() {
    completion = nil
    terminal.write(isDumb ? dumbScreen.finish(layout(width: terminal.size.width)) : screen.erase())
  }

  /// Says something above the prompt.
  func showAbove(_ note: String) {
    eraseScreen()
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    let style = screen.style
    for line in lines {
      terminal.write(Array((style.dim(EscapeFilter.visible(String(line))) + "\r\n").utf8))
    }
    startScreen()
  }

  func clearScreen() {
    if isDumb { return }
    completion = nil
    terminal.write(Array("\u{1b}[H\u{1b}[2J".utf8))
    startScreen()
  }

  /// The terminal has another size now.
  func resized() {
    guard handler != nil, !isDumb else { return }
    completion = nil
    let size = terminal.size
    terminal.write(screen.resize(layout(width: size.width), width: size.width, height: size.height))
    draw()
  }
}
