import SheepOptions
import Testing

@Suite("exit codes")
struct ExitStatusTests {
  @Test(
    "several failures end with the code that they share, else with 1; none with 0",
    arguments: [
      ([], .done), ([.network], .network), ([.network, .network, .network], .network),
      ([.network, .usage], .conditionFalse), ([.usage, .usage, .network], .conditionFalse),
      ([.done, .done], .done), ([.done, .network], .conditionFalse),
    ] as [([SheepOptions.ExitStatus], SheepOptions.ExitStatus)])
  func common(statuses: [SheepOptions.ExitStatus], common: SheepOptions.ExitStatus) {
    #expect(SheepOptions.ExitStatus(common: statuses) == common)
  }
}
