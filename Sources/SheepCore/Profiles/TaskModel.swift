/// The model for a kind of task, where the configuration says nothing else.
package struct TaskModel: Sendable {
  /// What `--task` takes.
  package let name: String
  /// `MODEL@PROFILE`.
  package let model: String

  /// The built-in ones: two tables of three that are common, on the default gateway, from cheap
  /// to good.
  package static let builtIn = [
    TaskModel(name: "simple", model: "deepseek-v3.2@holysheep"),
    TaskModel(name: "standard", model: "gemini-2.5-flash@holysheep"),
    TaskModel(name: "advanced", model: "gpt-4.1@holysheep"),
    TaskModel(name: "fast", model: "gemini-2.5-flash@holysheep"),
    TaskModel(name: "balanced", model: "gpt-4.1@holysheep"),
    TaskModel(name: "quality", model: "claude-sonnet-4-5@holysheep"),
  ]
}
