import SheepCompare
import SheepCore
import SheepOptions
import SheepRun

/// The files that a comparison writes while it runs. The first that cannot be written is
/// reported once; the comparison goes on, for it has been paid.
final class CompareFiles {
  private let options: CompareOptions
  private let program: Run
  private let entries: [CompareDocument.Entry]
  private let includesText: Bool
  /// What went wrong with a file; `nil` while nothing did.
  private(set) var failure: Failure?

  init(
    _ options: CompareOptions, _ program: Run, entries: [CompareDocument.Entry], includesText: Bool
  ) {
    self.options = options
    self.program = program
    self.entries = entries
    self.includesText = includesText
  }

  /// Appends an attempt to the file of `--jsonl`.
  func append(_ record: CompareRecord) {
    write(record.json(entries[record.target], includesText: includesText))
  }

  private func write(_ json: JSON) {
    guard let path = options.attemptsFile else { return }
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    do throws(SystemError) { try program.environment.appendFile(path, bytes) } catch { note(path, error) }
  }

  /// Appends a judgement to the same file.
  func append(_ judgement: Judgement) {
    write(judgement.json(entries, includesText: includesText))
  }

  /// Writes the files of `--export` anew.
  func export(_ document: CompareDocument) {
    guard !options.exports.isEmpty else { return }
    let analysis = CompareAnalysis(document)
    for export in options.exports {
      let content = export.content(
        document, analysis, rate: options.requests, includesText: includesText)
      do throws(SystemError) {
        try program.environment.replaceFile(export.path, Array(content.utf8))
      } catch {
        note(export.path, error)
      }
    }
  }

  private func note(_ path: String, _ error: SystemError) {
    if failure == nil {
      failure = Failure(.output, path, "cannot be written: \(error.text)", advice: "use another file")
    }
  }
}
