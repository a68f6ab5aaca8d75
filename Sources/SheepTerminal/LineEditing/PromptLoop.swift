/// What the prompt's editor needs of the loop that feeds it. All calls come from the loop's thread.
///
/// A value of its own, because the terminal knows no network, and the loop is one of transfers.
package struct PromptLoop {
  /// Calls `action` each time the descriptor can be read without blocking, until unwatched.
  let watch: (_ descriptor: Int32, _ action: @escaping () -> Void) -> Void
  /// Ends the watch of a descriptor, which stays open.
  let unwatch: (_ descriptor: Int32) -> Void
  /// Calls `action` once, from a later turn of the loop and not before `delay` has passed; what is
  /// returned makes the loop forget it.
  let schedule: (_ delay: Duration, _ action: @escaping () -> Void) -> () -> Void

  /// A loop of these parts.
  package init(
    watch: @escaping (Int32, @escaping () -> Void) -> Void, unwatch: @escaping (Int32) -> Void,
    schedule: @escaping (Duration, @escaping () -> Void) -> () -> Void
  ) {
    self.watch = watch
    self.unwatch = unwatch
    self.schedule = schedule
  }
}
