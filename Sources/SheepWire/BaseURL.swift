package struct BaseURL: Equatable, Sendable {
  package let origin: String
  package let host: String
  package let isSecure: Bool
  package let path: String
  package var isLoopback: Bool { false }
}
