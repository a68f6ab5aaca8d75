LineEditorTrial.run(Array(CommandLine.arguments.dropFirst()))
