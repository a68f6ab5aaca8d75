package import SheepCore

/// A file of the user's, as a part of the prompt.
package enum Attachment {
  /// Makes a part of a file's bytes: an image or a PDF by its first bytes, else text.
  ///
  /// Text is put under a line with the file's name, so that a model can tell several files
  /// apart; its own bytes are not touched.
  /// - Throws: `usage` for a file that is neither.
  package static func part(name: String, bytes: [UInt8]) throws(Failure) -> Message.Part {
    if let type = imageType(bytes) { return .image(bytes: bytes, mediaType: type) }
    if bytes.starts(with: "%PDF-".utf8) { return .image(bytes: bytes, mediaType: Message.documentType) }
    if bytes.contains(0) || isKnownBinary(bytes) {
      throw Failure(
        .usage, name, "is not text, an image or a document that models accept",
        advice: "use UTF-8 text, PNG, JPEG, GIF, WebP or PDF")
    }
    let text = try PromptText.decode(bytes, subject: name)
    return .text("[file: \(name)]\n" + text + (text.utf8.last == 0x0a ? "" : "\n"))
  }

  /// The media type of an image by its signature; `nil` for anything else.
  package static func imageType(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return "image/png" }
    if bytes.starts(with: [0xff, 0xd8, 0xff]) { return "image/jpeg" }
    if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
    return nil
  }

  private static func isKnownBinary(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 0x03, 0x04])
      || bytes.starts(with: [0x1f, 0x8b])
  }
}
