import SheepCatalog
import SheepCore
import SheepRun

/// What `--version` says.
enum VersionText {
  /// The program's version and those of what it stands on.
  static func text(_ environment: Environment) -> String {
    let libraries = environment.libraryVersions()
    return """
      sheep \(Version.current)
      libcurl \(libraries.curl ?? "not found")
      \(libraries.editor ?? "readline not found")
      prices \(Catalogue.updated.text)

      """
  }
}
