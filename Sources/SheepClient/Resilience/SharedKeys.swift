import SheepCore

/// The keys of one endpoint, shared by all calls to it, so that what one call learns of a key
/// spares the next one.
///
/// Lives on the loop's thread, like everything that uses it.
package final class SharedKeys {
  package private(set) var ring: KeyRing

  init(_ ring: KeyRing) {
    self.ring = ring
  }

  /// As `KeyRing.next`.
  func next(at instant: Instant) -> Int? { ring.next(at: instant) }

  /// As `KeyRing.note`.
  func note(_ failure: Failure, of index: Int, at instant: Instant) -> Bool {
    ring.note(failure, of: index, at: instant)
  }
}
