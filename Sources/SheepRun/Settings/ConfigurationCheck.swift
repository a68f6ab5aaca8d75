package import SheepCore
import SheepOptions
package import SheepStore
import SheepWire

/// Checks what the words of a configuration mean: its shape is checked when it is read.
package enum ConfigurationCheck {
  /// All that is wrong, in the order of the file.
  package static func problems(_ configuration: Configuration) -> [ConfigurationProblem] {
    let found =
      optionNames(configuration) + optionValues(configuration) + profiles(configuration)
      + names(configuration) + prices(configuration)
    let none = TextPosition(line: 0, column: 0)
    return found.sorted { ($0.position ?? none) < ($1.position ?? none) }
  }

  // MARK: - Options

  /// The names in `[options]` that no command has.
  static func optionNames(_ configuration: Configuration) -> [ConfigurationProblem] {
    if configuration.options.isEmpty { return [] }
    let infos = CommandTable.all.flatMap { $0.describe().options }
    return configuration.options.compactMap { option in
      let info = infos.first { $0.long == option.name }
      if let info {
        if info.hasEnvironmentDefault { return nil }
        return ConfigurationProblem(
          option.text.position, "--\(option.name) cannot have a default", "remove it")
      }
      let names = infos.filter(\.hasEnvironmentDefault).map(\.long)
      let near =
        infos.first { $0.knownAs.contains(option.name) || $0.negation == option.name }?.long
        ?? Suggestion.nearest(to: option.name, among: names)
      return ConfigurationProblem(
        option.text.position, "\(Quoted.text(option.name)) is not an option",
        near.map { "did you mean \($0)?" } ?? "see docs/reference.md")
    }
  }

  /// The values that the options do not take.
  private static func optionValues(_ configuration: Configuration) -> [ConfigurationProblem] {
    configuration.options.compactMap { option in
      for command in CommandTable.all {
        guard let info = command.describe().options.first(where: { $0.long == option.name }),
          let name = info.environmentName
        else { continue }
        do throws(UsageError) {
          _ = try command.parse(
            [], PlainDefaults({ _ in nil }, configured: { $0 == name ? option.text.value : nil }))
        } catch {
          // The command may want operands; only what is said about the option counts.
          guard error.subject == name else { continue }
          return ConfigurationProblem(option.text.position, "\(option.name): \(error.problem)", error.wayOut)
        }
      }
      return nil
    }
  }

  // MARK: - Profiles

  private static func profiles(_ configuration: Configuration) -> [ConfigurationProblem] {
    configuration.profiles.flatMap { settings in
      var problems: [ConfigurationProblem] = []
      do throws(ConfigurationProblem) {
        let entry = try ProfileBook.entry(settings, Profile.named(settings.name))
        if let problem = address(entry.profile.baseURL, entry.keys, settings) { problems.append(problem) }
      } catch { problems.append(error) }
      for key in settings.keys ?? [] {
        if case .variable(let name) = key.value {
          problems += parsed(name, key.position, PlainText.variableName)
        }
      }
      for header in settings.headers {
        problems += parsed(
          header.name + ": " + header.text.value, header.text.position, HeaderField.parse)
      }
      return problems
    }
  }

  private static func address(
    _ text: String, _ keys: [KeyPlace], _ settings: ProfileSettings
  ) -> ConfigurationProblem? {
    do throws(Failure) {
      let base = try BaseURL(text)
      // Without a place for a key none is sent, and a model server on the network at hand may be meant.
      if base.mayCarryKey || keys.isEmpty { return nil }
      return ConfigurationProblem(
        settings.baseURL?.position ?? settings.position,
        "plain http would expose the key", "use https, or set no key for it")
    } catch {
      return ConfigurationProblem(
        settings.baseURL?.position ?? settings.position, error.statement, error.advice)
    }
  }

  private static func parsed<T>(
    _ text: String, _ position: TextPosition, _ parse: ValueParser<T>
  ) -> [ConfigurationProblem] {
    do throws(ValueProblem) {
      _ = try parse(text)
      return []
    } catch { return [ConfigurationProblem(position, error.problem, error.wayOut)] }
  }

  // MARK: - Names of models and profiles

  private static func names(_ configuration: Configuration) -> [ConfigurationProblem] {
    let book = ProfileBook(configuration)
    func known(_ name: String?, _ position: TextPosition) -> [ConfigurationProblem] {
      guard let name, !book.names.contains(name) else { return [] }
      return [
        ConfigurationProblem(
          position, "profile \(Quoted.text(name)) does not exist",
          Suggestion.nearest(to: name, among: book.names).map { "did you mean \($0)?" }
            ?? "add [profiles.\(name)]")
      ]
    }
    func model(_ text: Located<String>) -> [ConfigurationProblem] {
      do throws(ValueProblem) {
        return known(try ModelTarget.parse(text.value).profile, text.position)
      } catch { return [ConfigurationProblem(text.position, error.problem, error.wayOut)] }
    }
    var problems: [ConfigurationProblem] = []
    if let name = configuration.defaultProfile { problems += known(name.value, name.position) }
    if let text = configuration.defaultModel { problems += model(text) }
    for profile in configuration.profiles { problems += profile.defaultModel.map(model) ?? [] }
    for named in configuration.aliases + configuration.tasks { problems += model(named.text) }
    return problems
  }

  private static func prices(_ configuration: Configuration) -> [ConfigurationProblem] {
    configuration.prices.compactMap { price in
      do throws(ConfigurationProblem) {
        _ = try price.userPrice()
        return nil
      } catch { return error }
    }
  }
}

extension PriceSettings {
  /// The table as prices for one model, and the profile that they hold for (`nil`: every one).
  /// - Throws: what is wrong with it.
  package func userPrice() throws(ConfigurationProblem) -> (price: UserPrice, profile: String?) {
    let target: ModelTarget
    do throws(ValueProblem) { target = try ModelTarget.parse(name) } catch {
      throw ConfigurationProblem(position, error.problem, error.wayOut)
    }
    let list = fields.map { $0.name + "=" + $0.text.value }.joined(separator: ",")
    do throws(Failure) {
      var price = try UserPrice(parsing: list.isEmpty ? "in=" : list)
      price.model = target.model
      return (price, target.profile)
    } catch {
      throw ConfigurationProblem(
        position, "prices of \(Quoted.text(name)): \(error.problem)", "set in = 2.50 and out = 10.00")
    }
  }
}
