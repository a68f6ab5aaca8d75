import SheepCurl
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct LibraryVersionsTests {
  @Test("libcurl's version is the one that the opened library reports")
  func curlVersion() throws {
    #expect(LibraryVersions.find(editors: []).curl == (try CurlLibrary.open()).version)
  }

  @Test("libcurl's version follows its name in its file")
  func versionInAFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/libcurl.so.4"
    #expect(LibraryVersions.find(curls: [path], editors: []).curl == nil)
    try folder.write("libcurl.so.4", "\u{7f}ELF libcurl/ libcurl/8.21.0 and more")
    let names = [folder.path + "/none.so", path]
    #expect(LibraryVersions.find(curls: names, editors: []).curl == "8.21.0")
  }

  @Test("the prompt's library is the first of its list that is there, under its own name")
  func promptLibrary() throws {
    let folder = try TemporaryFolder()
    let files = ["/readline.4712.dylib", "/libedit.so.4713"].map { folder.path + $0 }
    let names = ["libreadline.so.4711"] + files
    func found() -> String? { LibraryVersions.find(curls: [], editors: names).editor }
    #expect(found() == nil)
    try folder.write("libedit.so.2.0.70", "")
    #expect(symlink("libedit.so.2.0.70", folder.path + "/libedit.so.4713") == 0)
    #expect(found() == "libedit 2.0.70")
    try folder.write("readline.4712.dylib", "")
    #expect(found() == "readline 4712")
  }
}
