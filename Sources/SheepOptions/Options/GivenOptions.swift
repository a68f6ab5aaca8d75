/// The options that something has set, each with its origin.
package struct GivenOptions: Sendable {
  /// One use of an option.
  package struct Option: Sendable {
    /// Its long name.
    package let name: String
    /// As it is typed: `--model`.
    package let spelled: String
    /// The value's text; `on` or `off` for a switch.
    package let value: String
    package let origin: SettingOrigin
  }

  /// In the order of the command's table. Of an option that cannot be repeated there is one.
  package private(set) var all: [Option] = []

  /// Nothing was set.
  package init() {}

  init(_ settings: [OptionParser.Setting], _ infos: [OptionInfo]) {
    for (row, info) in infos.enumerated() {
      for setting in settings where setting.row == row {
        let value = info.takesValue ? setting.text : setting.isOn ? "on" : "off"
        all.append(Option(name: info.long, spelled: info.spelled, value: value, origin: setting.origin))
      }
    }
  }

  /// Where an option was set, by its long name; `nil`: nowhere.
  package func origin(of name: String) -> SettingOrigin? { all.last { $0.name == name }?.origin }
}
