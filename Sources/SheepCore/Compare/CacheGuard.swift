/// What keeps a provider's prompt cache from deciding a comparison.
package enum CacheGuard: String, CaseIterable, Sendable {
  /// A random line before the prompt, so that no run finds it in a cache.
  case bust
  /// One priming call; runs without a hit are left out.
  case warm
  /// The prompt as it is; hits are flagged.
  case off
}
