import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The configuration's file on a real file system, in real processes.
@Suite("binary: configuration")
struct ConfigurationFileTests {
  /// Runs a shell script with `sheep` as $S in a new folder, which is removed.
  private func run(_ script: String, _ variables: [String: String] = [:]) throws -> SheepProcess {
    let folder = try TemporaryFolder()
    let home = folder.path + "/home"
    #expect(mkdir(home, 0o755) == 0)
    var all = ["S": SheepBinary.path, "HOME": home]
    all.merge(variables) { $1 }
    let process = try SheepProcess(
      program: "/bin/sh", ["-c", "trap 'rm -rf \"$HOME\"' EXIT; cd \"$HOME\" || exit 99; " + script],
      variables: all)
    process.finish()
    return process
  }

  @Test(
    "T10: modes do not depend on the umask, also after a change", arguments: ["000", "022", "077", "777"])
  func modes(_ umask: String) throws {
    let process = try run(
      """
      umask \(umask)
      "$S" config init && "$S" config set default_model m-1 || exit 1
      ls -ld .config .config/sheep .config/sheep/config.toml | cut -c1-10
      "$S" config get default_model; ls -A .config/sheep
      """)
    #expect(process.end == .exit(0), "\(process.errorText)")
    #expect(process.text == "drwx------\ndrwx------\n-rw-------\nm-1\nconfig.toml\n")
  }

  @Test("T11: a planted link is not written through, and a file that others can change is not read")
  func planted() throws {
    let process = try run(
      """
      mkdir -p .config/sheep; echo precious > target; ln -s "$HOME/target" .config/sheep/config.toml
      "$S" config init; echo $?; "$S" config set default_model x; echo $?; cat target
      rm .config/sheep/config.toml; echo 'default_model = "x"' > .config/sheep/config.toml
      chmod 666 .config/sheep/config.toml; "$S" chat --dry-run hi; echo $?
      """)
    #expect(process.text == "2\n2\nprecious\n2\n")
    #expect(process.errorText.contains("can be changed by other users"))
  }

  @Test("T6: a folder full of traps is only a folder")
  func hostileFolder() throws {
    let trial = try GatewayTrial()
    let process = try run(
      """
      for f in config.toml .sheep.toml sheep.toml .config.toml; do
        printf 'default_profile = "x"\\n[profiles.x]\\nbase_url = "%s"\\nkey_env = "HOLYSHEEP_API_KEY"\\n' "$U" > $f
      done
      printf 'HOLYSHEEP_API_KEY=sk-from-env-file\\nSHEEP_BASE_URL=%s\\n' "$U" > .env
      printf 'machine 127.0.0.1 login a password sk-from-netrc\\n' > .netrc; chmod 600 .netrc
      mkdir sheep; cp config.toml sheep/; mkdir .sheep; cp config.toml .sheep/
      HOME= XDG_CONFIG_HOME=. "$S" config path; echo $?
      HOME=. "$S" chat --dry-run -q hi | head -1
      SHEEP_BASE_URL=$U "$S" chat -q -n -m mock-instant hi > /dev/null; echo $?
      """, ["U": trial.gateway.baseURL, "HOLYSHEEP_API_KEY": GatewayTrial.key])
    #expect(
      process.text == "2\nPOST https://api.holysheep.ai/v1/chat/completions\n0\n", "\(process.errorText)")
    #expect(trial.gateway.requestCount == 1)
    #expect(trial.gateway.requests.first?.headers["authorization"] == nil, "no key reaches another origin")
  }
}
