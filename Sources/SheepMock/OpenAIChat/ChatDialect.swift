import SheepCore
import SheepListener

/// Chat completions themselves, with the embeddings and the list of models that go with them.
struct ChatDialect: MockDialect {
  static func route(_ head: RequestHead, _ steps: [String]) -> Route? {
    switch steps.last {
    case "completions" where steps.dropLast().last == "chat": .asks(ChatDialect())
    case "embeddings": MockEmbedding.route(Self.self, form: MockEmbedding.openAI)
    case "models": .gets(Self.self) { ["object": "list", "data": .array(MockModel.all.map(entry))] }
    default:
      Route.modelName(steps).map { id in
        .gets(Self.self) { () throws(ChatProblem) in entry(try MockModel.required(id)) }
      }
    }
  }

  func chatBody(of body: JSON) -> JSON { body }

  func chunks(_ answer: MockAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks {
    ChatChunks(answer, fault: fault, includesUsage: call.includesUsage)
  }

  func document(_ answer: MockAnswer, fault: MockFault) -> [UInt8] {
    ChatDocument.bytes(answer, fault: fault)
  }

  private static func entry(_ model: MockModel) -> JSON {
    [
      "id": .string(model.id), "object": "model", "created": 1_735_689_600,
      "owned_by": .string(model.owner), "context_length": .number(JSONNumber(model.context)),
    ]
  }
}
