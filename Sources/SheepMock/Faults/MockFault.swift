package import SheepCore
package import SheepListener

/// What goes wrong, or only differently, with one answer.
///
/// The empty value is the normal answer. Tests set the members; the wire and the command line
/// say the same in the grammar of `MockFault.init(parsing:)`.
package struct MockFault: Equatable, Sendable {
  // MARK: Which requests

  /// Leaves that many requests alone before it begins.
  package var skip = 0
  /// Affects that many requests, then no more; `nil` without end.
  package var times: Int?

  // MARK: Another answer

  /// Answers with this status and an error body instead of a model's text.
  package var status: Int?
  /// Further header fields of the answer.
  package var headers = HTTPHeaders()
  /// The body of the answer instead of the usual one.
  package var body: [UInt8]?
  /// The form of an error body; `nil` for the dialect's own.
  package var shape: ErrorShape?
  /// The words of an error, where the usual ones of its status are not wanted.
  package var errorMessage: String?
  package var errorType: String?
  package var errorCode: String?
  package var errorParam: String?
  /// Answers 400 to requests that carry this member, and normally to others.
  package var refusedMember: String?
  /// The content type instead of the right one; empty for none.
  package var contentType: String?
  /// Sends the body as gzip with a `Content-Encoding`, although nobody asked for it.
  package var compresses = false
  /// Where the request's key is repeated.
  package var echoesKey: Echo?

  /// A place of the answer that can repeat the request's key.
  package enum Echo: String, Sendable, CaseIterable {
    /// In the error body, status 401.
    case body
    /// In a header field.
    case header
    /// In the model's name.
    case model
    /// In the answer's text.
    case text
    /// In an error event in the middle of the stream.
    case stream
  }

  /// The key that `echoesKey` repeats; filled in from the request.
  var echoedText: String?

  // MARK: The connection

  /// What the connection does instead of answering.
  package var silence: Silence?

  /// Ways not to answer.
  package enum Silence: String, Sendable, CaseIterable {
    /// Reads the request and never says anything.
    case never = "no-answer"
    /// Closes after having read the request.
    case close
    /// Breaks the connection off after having read the request.
    case reset
    /// Answers the first request of a connection; closes after having read the second.
    case closeSecond = "close-second"
  }

  /// The pause before the head.
  package var headDelay: Duration?
  /// The pause after each byte of the head.
  package var headInterval: Duration?
  /// Sends half a head and nothing more.
  package var headNeverEnds = false
  /// The pause between the head and the body.
  package var bodyDelay: Duration?
  /// So many further header fields.
  package var headerCount = 0
  /// One further header field of so many bytes.
  package var headerBytes = 0
  /// Statuses of informational heads (100, 103) before the real one.
  package var informational: [Int] = []
  /// How the body's end is told; `nil` for the usual way.
  package var framing: BodyFraming?
  /// The most bytes of a write.
  package var bytesPerWrite: Int?
  /// The pause between such writes.
  package var writePause: Duration = .zero
  /// Writes every event by itself even when nothing is paced.
  package var separateWrites = false
  /// Repeats the body's bytes, or the last text event, without end.
  package var endless = false

  // MARK: The stream

  /// Answers a request for a stream with one JSON document, or the reverse.
  package var ignoresStream = false
  /// Ends the connection after so many text events, or bytes of a document.
  package var cutAfter: Int?
  /// Breaks the connection off there instead of closing it.
  package var cutResets = false
  /// Falls silent after so many text events.
  package var stallAfter: Int?
  /// Ends the silence when the gate of that name is released.
  package var gate: String?
  /// Sends a comment line that often during the silence.
  package var heartbeat: Duration?
  /// Sends an error event after so many text events.
  package var errorAfter: Int?
  /// The form of that event.
  package var errorForm: StreamErrorForm = .openai
  /// Inserts something malformed.
  package var malformed: MalformedEvent?
  /// Inserts an event of so many bytes.
  package var eventBytes: Int?
  /// After how many text events `malformed` and `eventBytes` come.
  package var insertAfter = 1
  /// Scatters comments, unknown events and unknown members over the stream.
  package var sendsUnknown = false
  /// So many comment lines before the first event, or blank lines before a document.
  package var comments = 0
  /// Begins with an event of no choices, as Azure does.
  package var emptyFirst = false
  /// Leaves the `[DONE]` out.
  package var omitsDone = false
  /// Leaves the finish reason out.
  package var omitsFinish = false
  /// Ends without the last empty line.
  package var omitsLastBlank = false
  /// Sends text after the finish reason, and a second finish reason.
  package var textAfterFinish = false
  /// The line ends of the stream; `nil` for the dialect's own.
  package var lineEnd: LineEnd?
  /// Begins with a byte order mark.
  package var byteOrderMark = false
  /// Writes `data:{` without the blank.
  package var omitsBlankAfterColon = false

  // MARK: What is said

  /// The answer's text instead of a made one.
  package var text: String?
  /// The length of the answer in tokens.
  package var tokens: Int?
  /// The length of the reasoning before it in tokens.
  package var reasoningTokens: Int?
  /// Under which names reasoning is sent.
  package var reasoningField: ReasoningField = .content
  /// Refuses in these words.
  package var refusal: String?
  /// The finish reason instead of the right one.
  package var finishReason: String?
  /// Where the usage stands; `nil` as the request asks.
  package var usagePlace: UsagePlace?
  /// The usage object as JSON text, valid or not, instead of the counted one.
  package var usageText: String?
  /// The cost in USD that the usage reports, as a decimal number.
  package var reportedCost: String?
  /// The name of the model that the answer carries.
  package var servedModel: String?

  // MARK: The pace

  /// The time to the first token instead of the model's own.
  package var firstTokenAfter: Duration?
  /// Tokens per second instead of the model's own.
  package var tokensPerSecond: Double?
  /// How many times faster than the model; 0 without any pause.
  package var speed: Double?

  /// The normal answer.
  package init() {}
}

/// The forms of an error inside a stream.
package enum StreamErrorForm: String, Sendable, CaseIterable {
  /// `data: {"error":{…}}`, then the end without `[DONE]`.
  case openai
  /// A chunk with a top-level error and `finish_reason: "error"`, then `[DONE]`.
  case openrouter
  /// `event: error` and the error as data, without `[DONE]`.
  case groq
  /// A bare line `{"error":"text"}`, no `data:`.
  case line
  /// Pretty-printed JSON without `data:`.
  case bare
}

/// How the lines of a stream end.
package enum LineEnd: String, Sendable, CaseIterable {
  case lf, cr, crlf
  /// All three in turn.
  case mixed
}

/// The members that carry reasoning text.
package enum ReasoningField: String, Sendable, CaseIterable {
  /// `reasoning_content`.
  case content
  /// `reasoning`.
  case plain
  /// `reasoning` and `reasoning_details` with the same words.
  case both
  /// `reasoning_details` alone.
  case details
}

/// Where a stream carries the usage.
package enum UsagePlace: String, Sendable, CaseIterable {
  /// In a chunk of its own, with no choices.
  case own
  /// In a chunk of its own, with one empty choice.
  case emptyChoice = "empty-choice"
  /// In the chunk of the finish reason.
  case last
  /// In every chunk, growing.
  case every
  /// Under `x_groq` in the chunk of the finish reason.
  case groq
  /// Nowhere.
  case none
}
