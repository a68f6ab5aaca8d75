// swift-tools-version: 6.2
import PackageDescription

/// The strict settings that every Swift target shares: nothing compiles here with a warning.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Optimised file by file, on all processors: as a whole these were a third of a release build, on one
/// (docs/decisions/0009-release-build.md).
let byFile: [SwiftSetting] = [
  .unsafeFlags(["-no-whole-module-optimization", "-enable-batch-mode"], .when(configuration: .release))
]

/// A module of the program; `dependencies` are the arrows of `docs/architecture.md`.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict + more)
}

/// The tests of one module, together with what all tests share.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.target(name: name), "SheepTesting"] + dependencies,
    exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "sheep",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sheep", targets: ["sheep"])],
  targets: [
    .target(name: "CCurl"),
    .target(name: "CPCRE2"),
    .target(name: "CReadline"),
    .target(name: "CSystem"),
    // Rounding calls into the mathematics library, which nothing else here brings along.
    .target(name: "SheepCore", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
    module("SheepSchema", ["CPCRE2", "SheepCore"]),
    module("SheepWire", ["SheepCore"]),
    module("SheepCatalog", ["SheepCore"]),
    module("SheepClient", ["SheepWire", "SheepCore"]),
    module("SheepLoop", ["CSystem", "SheepCore"]),
    module("SheepCurl", ["CCurl", "SheepLoop", "SheepCore"]),
    module("SheepTerminal", ["CReadline", "CSystem"]),
    module("SheepListener", ["CSystem", "SheepLoop", "SheepCore"]),
    module("SheepMock", ["CSystem", "SheepListener", "SheepLoop", "SheepCore"]),
    module("SheepStore", ["SheepCore"]),
    module("SheepOptions", ["SheepCore"]),
    module("SheepDocuments", ["SheepChat", "SheepMock", "SheepOptions", "SheepCore"]),
    module("SheepCompare", ["SheepTerminal", "SheepCore"]),
    module(
      "SheepRun",
      [
        "SheepOptions", "SheepClient", "SheepSchema", "SheepWire", "SheepCatalog", "SheepTerminal",
        "SheepStore", "SheepCore",
      ], byFile),
    module(
      "SheepChat",
      [
        "SheepRun", "SheepOptions", "SheepCompare", "SheepClient", "SheepWire", "SheepCatalog",
        "SheepTerminal", "SheepStore", "SheepCore",
      ], byFile),
    module(
      "SheepCLI",
      [
        "SheepChat", "SheepRun", "SheepOptions", "SheepCompare", "SheepClient", "SheepSchema", "SheepWire",
        "SheepCatalog", "SheepTerminal", "SheepStore", "SheepCore",
      ], byFile),
    .executableTarget(
      name: "sheep",
      dependencies: [
        "CSystem", "SheepCLI", "SheepRun", "SheepOptions", "SheepCurl", "SheepLoop", "SheepMock",
        "SheepStore", "SheepTerminal", "SheepCore",
      ],
      swiftSettings: strict),
    .executableTarget(name: "sheep-generate", dependencies: ["SheepDocuments"], swiftSettings: strict),
    .executableTarget(
      name: "sheep-bench",
      dependencies: [
        "CCurl", "CSystem", "SheepCurl", "SheepLoop", "SheepClient", "SheepWire", "SheepMock", "SheepCore",
      ],
      swiftSettings: strict),

    .target(
      name: "SheepTesting",
      dependencies: [
        "SheepCLI", "SheepRun", "SheepOptions", "SheepClient", "SheepMock", "SheepStore", "SheepTerminal",
        "SheepCore",
      ],
      path: "Tests/SheepTesting", swiftSettings: strict),
    tests("SheepCore"),
    tests("SheepSchema", ["SheepCore"]),
    tests("SheepWire", ["SheepCore"]),
    tests("SheepCatalog", ["SheepCore"]),
    tests("SheepClient", ["SheepWire", "SheepMock", "SheepCurl", "SheepCore"]),
    tests("SheepLoop", ["SheepCore"]),
    tests("SheepListener", ["SheepLoop", "SheepCurl", "SheepCore"]),
    tests("SheepCurl", ["CCurl", "SheepLoop", "SheepMock", "SheepCore"]),
    tests("SheepTerminal", exclude: ["Golden"]),
    tests("SheepStore", ["SheepCore"]),
    tests("SheepCompare"),
    tests("SheepOptions", ["SheepCore"]),
    tests("SheepDocuments", ["SheepOptions"]),
    tests("SheepMock", ["SheepListener", "SheepCore"]),
    tests("SheepRun", ["SheepOptions", "SheepCatalog", "SheepMock", "SheepStore", "SheepWire", "SheepCore"]),
    tests("SheepChat", ["SheepRun", "SheepOptions", "SheepCore"]),
    tests(
      "SheepCLI",
      [
        "SheepRun", "SheepOptions", "SheepCompare", "SheepCatalog", "SheepTerminal", "SheepStore",
        "SheepCore",
      ], exclude: ["Golden"]),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: [
        "SheepTesting", "SheepCLI", "SheepRun", "SheepOptions", "SheepCurl", "SheepClient", "SheepMock",
        "SheepWire",
        "SheepCore",
      ], swiftSettings: strict),
    .executableTarget(
      name: "line-editor-trial",
      dependencies: [
        "CSystem", "SheepRun", "SheepTerminal", "SheepStore", "SheepCurl", "SheepCore",
      ],
      path: "Tests/LineEditorTrial", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["SheepTesting", "SheepMock", "SheepCore", .target(name: "line-editor-trial")],
      swiftSettings: strict),
  ]
)
