import SheepCore

extension Failure {
  /// Everything together took longer than allowed.
  /// - Parameter isUsers: whether the limit is the user's own, which has its own exit code.
  static func tookTooLong(_ subject: String, _ what: String, limit: Duration, isUsers: Bool) -> Failure {
    Failure(
      isUsers ? .limit : .timeout, subject, "\(what) took longer than the \(SpanText.limit(limit)) allowed",
      advice: isUsers ? "allow more with --max-time" : "set another limit with --max-time")
  }
}
