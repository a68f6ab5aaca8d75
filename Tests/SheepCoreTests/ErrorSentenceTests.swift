import SheepCore
import Testing

/// How the parts of an error become one line.
struct ErrorSentenceTests {
  @Test(
    "a colon stands between subject and problem unless the problem is what the subject is or does",
    arguments: [
      ("a.txt", "No such file or directory", nil, "a.txt: No such file or directory"),
      (
        "--seed", "'x' is not a whole number", "use one such as 42",
        "--seed: 'x' is not a whole number; use one such as 42"
      ),
      ("profile 'azure'", "has no default address", nil, "profile 'azure' has no default address"),
      ("-m", "needs a value", "write -m MODEL", "-m needs a value; write -m MODEL"),
      ("/foo", "is not a command; nothing was sent", nil, "/foo is not a command; nothing was sent"),
      ("config.toml:3:1", "is not a setting", nil, "config.toml:3:1: is not a setting"),
      ("--fork", "which session?", "add --continue", "--fork: which session? add --continue"),
      ("http://a/", "resolves to 10.0.0.7", nil, "http://a/ resolves to 10.0.0.7"),
      ("127.0.0.1:4010", "no connection", nil, "127.0.0.1:4010: no connection"),
    ] as [(String, String, String?, String)])
  func text(subject: String, problem: String, advice: String?, sentence: String) {
    #expect(ErrorSentence.text(subject, problem, advice: advice) == sentence)
    #expect(Failure(.usage, subject, problem, advice: advice).sentence == sentence)
  }
}
