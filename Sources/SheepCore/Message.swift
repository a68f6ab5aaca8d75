/// One turn of a conversation.
package struct Message: Equatable, Sendable {
  /// Who speaks.
  package enum Role: String, Sendable {
    case system, user, assistant
  }

  /// A piece of a turn.
  package enum Part: Equatable, Sendable {
    case text(String)
    /// An image by its bytes; `mediaType` such as `image/png`, or `documentType`: then it is a
    /// document, which models read like one.
    case image(bytes: [UInt8], mediaType: String)
    /// What an earlier answer said for its provider alone; in assistant turns, before the text.
    /// A dialect leaves out what another one said.
    case state(ProviderState)
  }

  /// The media type of documents that models read as they are: PDF.
  package static let documentType = "application/pdf"

  package var role: Role
  package var parts: [Part]

  /// A turn of several parts.
  package init(role: Role, parts: [Part]) {
    self.role = role
    self.parts = parts
  }

  /// A turn of text alone.
  package init(_ role: Role, _ text: String) {
    self.init(role: role, parts: [.text(text)])
  }
}
