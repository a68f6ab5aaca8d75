import SheepCore

extension Failure {
  /// Everything together took longer than allowed.
  /// - Parameter isUsers: whether the limit is the user's own, which has its own exit code.
  static func tookTooLong(_ subject: String, _ what: String, limit: Duration, isUsers: Bool) -> Failure {
    Failure(
      isUsers ? .limit : .timeout, subject,
      "\(what) took longer than the limit of \(DurationText.limit(limit))",
      advice: isUsers ? "allow more time with --max-time" : "change the limit with --max-time")
  }
}
