extension ExitStatus {
  /// The code of several failures: the one that all of them have, else 1; 0 without any.
  package init(common statuses: some Sequence<ExitStatus>) {
    var common: ExitStatus?
    for status in statuses where status != common {
      guard common == nil else {
        self = .conditionFalse
        return
      }
      common = status
    }
    self = common ?? .done
  }
}
