/// What a highlighter must know of a programming language.
struct CodeLanguage: Sendable {
  var keywords: Set<String> = []
  var lineComments: [[UInt32]] = []
  /// The opening and closing of a comment over several lines.
  var blockComment: (open: [UInt32], close: [UInt32])?
  /// The quotes that enclose a string.
  var quotes: Set<UInt32> = []
  /// Quotes that, three at once, enclose text over several lines.
  var tripleQuotes: Set<UInt32> = []
  /// Quotes whose strings may go over several lines.
  var longQuotes: Set<UInt32> = []
  /// Whether a line comment needs a blank, or the line's start, before it.
  var commentsNeedBlank = false
  var ignoresCase = false
  /// Whether the names after `<` and `</` are the keywords.
  var hasTags = false

  /// The language of a fence's info string, such as `swift` or `python title="x"`;
  /// nil when it is not known.
  init?(info: String) {
    let name = String(info.prefix { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" })
    guard let family = Family(name: name.lowercased()) else { return nil }
    for word in family.words.split(separator: " ") { keywords.insert(String(word)) }
    switch family {
    case .swift, .go, .rust, .c, .java, .kotlin, .javascript: setBraces(family)
    case .python, .shell, .yaml, .ruby: setScript(family)
    case .json: quotes = Self.points("\"")
    case .sql:
      ignoresCase = true
      lineComments = [Array(Self.list("--"))]
      blockComment = (Self.list("/*"), Self.list("*/"))
      quotes = Self.points("'\"")
    case .html:
      hasTags = true
      blockComment = (Self.list("<!--"), Self.list("-->"))
      quotes = Self.points("\"")
    }
  }

  private mutating func setBraces(_ family: Family) {
    lineComments = [Self.list("//")]
    blockComment = (Self.list("/*"), Self.list("*/"))
    // In Rust and Swift the apostrophe is no quote, or not always one.
    quotes = Self.points(family == .rust || family == .swift ? "\"" : "\"'")
    if family == .swift || family == .kotlin || family == .java { tripleQuotes = Self.points("\"") }
    if family == .javascript || family == .go {
      quotes.formUnion(Self.points("`"))
      longQuotes = Self.points("`")
    }
    if family == .rust { longQuotes = Self.points("\"") }
  }

  private mutating func setScript(_ family: Family) {
    lineComments = [Self.list("#")]
    quotes = Self.points("\"'")
    if family == .python { tripleQuotes = quotes }
    if family == .shell { longQuotes = quotes }
    commentsNeedBlank = family == .shell || family == .yaml
  }

  private static func list(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
  private static func points(_ text: String) -> Set<UInt32> { Set(list(text)) }

  /// The languages that are told apart.
  enum Family: CaseIterable {
    case swift, python, javascript, go, rust, c, java, kotlin, ruby, shell, json, yaml, sql, html

    /// The family of a language name in small letters.
    init?(name: String) {
      guard !name.isEmpty, let found = Self.allCases.first(where: { $0.names.contains(name) })
      else { return nil }
      self = found
    }

    private var names: [String] {
      switch self {
      case .swift: ["swift"]
      case .python: ["python", "py", "python3", "pycon"]
      case .javascript: ["javascript", "js", "jsx", "ts", "tsx", "typescript", "mjs", "node"]
      case .go: ["go", "golang"]
      case .rust: ["rust", "rs"]
      case .c: ["c", "h", "cpp", "c++", "cc", "hpp", "cxx", "objc", "csharp", "cs", "c#"]
      case .java: ["java", "scala", "dart", "php"]
      case .kotlin: ["kotlin", "kt", "kts"]
      case .ruby: ["ruby", "rb"]
      case .shell: ["sh", "bash", "zsh", "shell", "console", "fish", "dockerfile", "makefile"]
      case .json: ["json", "jsonc", "json5", "jsonl"]
      case .yaml: ["yaml", "yml", "toml", "ini"]
      case .sql: ["sql", "sqlite", "postgresql", "postgres", "mysql"]
      case .html: ["html", "xml", "svg", "vue", "xhtml"]
      }
    }

    /// The keywords, with a blank between each two.
    var words: String {
      switch self {
      case .swift:
        """
        actor any as associatedtype async await break case catch class continue default defer deinit \
        do else enum extension fallthrough false fileprivate final for func guard if import in \
        indirect init inout internal is lazy let mutating nil nonisolated open operator override \
        package private protocol public repeat rethrows return self Self some static struct \
        subscript super switch throw throws true try typealias var weak where while
        """
      case .python:
        """
        and as assert async await break case class continue def del elif else except False finally \
        for from global if import in is lambda match None nonlocal not or pass raise return self \
        True try while with yield
        """
      case .javascript:
        """
        abstract any as async await boolean break case catch class const continue declare default \
        delete do else enum export extends false finally for from function get if implements import \
        in instanceof interface let namespace never new null number of private protected public \
        readonly return set static string super switch this throw true try type typeof undefined \
        unknown var void while with yield
        """
      case .go:
        """
        any bool break byte case chan const continue default defer else error fallthrough false float64 \
        for func go goto if import int int64 interface map nil package range return rune select \
        string struct switch true type uint var
        """
      case .rust:
        """
        as async await bool break char const continue crate dyn else enum extern false fn for i32 i64 if \
        impl in let loop match mod move mut pub ref return self Self static str struct super trait \
        true type u8 u32 u64 unsafe use usize where while
        """
      case .c:
        """
        auto bool break case catch char class const constexpr continue default define delete do double \
        else endif enum explicit extern false float for friend if ifdef ifndef include inline int \
        long namespace new nullptr operator override private protected public return short signed \
        sizeof static string struct switch template this throw true try typedef typename union \
        unsigned using var virtual void volatile while
        """
      case .java:
        """
        abstract boolean break byte case catch char class const continue def default do double else enum \
        extends false final finally float for function if implements import int interface long native \
        new null object package private protected public record return short static super switch \
        synchronized this throw throws trait true try val var void volatile while yield
        """
      case .kotlin:
        """
        abstract as break by class companion const constructor continue data do else enum false final \
        for fun if import in init inline interface internal is lateinit null object open operator \
        out override package private protected public return sealed super suspend this throw true \
        try typealias val var when where while
        """
      case .ruby:
        """
        alias and begin break case class def do else elsif end ensure false for if in module next nil \
        not or raise redo require rescue retry return self super then true undef unless until when \
        while yield
        """
      case .shell:
        """
        alias break case cd continue do done echo elif else esac eval exec exit export fi for function \
        if in local return set shift source sudo test then trap unset until while
        """
      case .json: "true false null"
      case .yaml: "true false null yes no on off"
      case .sql:
        """
        add all alter and as asc begin between by case check column commit constraint count create \
        cross database default delete desc distinct drop else end exists foreign from full group \
        having if in index inner insert into is join key left like limit not null offset on or order \
        outer over partition primary references right rollback select set table then union unique \
        update using values view when where with
        """
      case .html: ""
      }
    }
  }
}
