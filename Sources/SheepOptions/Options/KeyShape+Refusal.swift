import SheepCore

extension KeyShape {
  /// Refuses operands that look like keys: they would be sent to a model as a prompt,
  /// and every user of the machine can read a command line.
  package static func refuse(in operands: [String]) throws(UsageError) {
    for operand in operands where matches(operand) {
      throw UsageError(
        subject: Quoted.text(operand), problem: "looks like an API key; nothing was sent",
        wayOut: keyAdvice + "; if it is text for the model, pipe it in")
    }
  }

  /// Where a key belongs.
  package static let keyAdvice =
    "set HOLYSHEEP_API_KEY, or use --key-file FILE or --key-cmd COMMAND"
}
