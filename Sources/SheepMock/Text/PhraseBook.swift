/// The words that answers are made of, in one language.
struct PhraseBook: Sendable {
  var openings: [String]
  /// A sentence is one of each: who or what, what it does, and under which circumstances.
  var subjects: [String]
  var predicates: [String]
  var circumstances: [String]
  var headings: [String]
  var listIntroductions: [String]
  var items: [String]
  var tableHead: [String]
  var tableRows: [[String]]
  var codeIntroductions: [String]
  var code: [String]
  var thoughts: [String]
  var closings: [String]

  static let english = PhraseBook(
    openings: [
      "Short answer first, reasons after.", "Here is how I would look at it.",
      "There are two sides to this.", "Good question, and it has a practical answer.",
      "Let us take it step by step.",
    ],
    subjects: [
      "A small prototype", "The first measurement", "A clear boundary between the parts",
      "The slowest step", "A shared vocabulary", "Each extra dependency", "The simplest version",
      "A written example", "Careful naming", "The error path",
    ],
    predicates: [
      "shows the real cost", "tells you where to look next", "keeps later changes cheap",
      "saves more time than it takes", "makes the trade-off visible",
      "is easier to test than to discuss", "settles most arguments",
      "deserves as much care as the happy path", "ages better than a clever trick",
    ],
    circumstances: [
      "before anything is optimised", "when several people work on it",
      "as soon as real data arrives", "once the load grows", "even in a small project",
      "if the requirements change", "with a budget in mind", "long before the first release",
    ],
    headings: ["What matters", "In practice", "The plan", "Next steps"],
    listIntroductions: ["I would check these points:", "In order of importance:", "The usual steps:"],
    items: [
      "**Measure** before changing anything", "Write down the *expected* result",
      "Keep one path for streamed and whole answers", "Count tokens on both sides",
      "Set a limit for time and for money", "Read the error text to its end",
      "Try the smallest model that is good enough",
    ],
    tableHead: ["option", "strength", "price"],
    tableRows: [
      ["small model", "fast, short answers", "low"], ["large model", "long reasoning", "high"],
      ["cache", "repeated prompts", "very low"], ["batch", "many requests", "half"],
    ],
    codeIntroductions: ["In code it is a few lines:", "A minimal example:"],
    code: [
      "```swift\nlet total = prices.reduce(0, +)\nprint(\"total: \\(total)\")\n```",
      "```python\ndef mean(values):\n    return sum(values) / len(values)\n```",
      "```sh\nsort input.txt | uniq -c | sort -rn | head\n```",
    ],
    thoughts: [
      "The user wants a direct answer.", "First I compare the alternatives.",
      "The second one is cheaper but slower.", "I should mention the limits.",
      "An example will make it clear.", "Nothing speaks against the simple way.",
    ],
    closings: [
      "That is usually enough to decide.", "Start there and adjust later.",
      "If one of these does not hold, tell me and we look again.",
    ])

  static let korean = PhraseBook(
    openings: [
      "결론부터 말씀드리겠습니다.", "차근차근 살펴보겠습니다.", "두 가지 관점에서 볼 수 있습니다.",
      "좋은 질문입니다.", "먼저 핵심만 정리해 보겠습니다.",
    ],
    subjects: [
      "작은 시제품은", "첫 번째 측정 결과는", "역할을 분명히 나눈 구조는", "가장 느린 단계는",
      "함께 쓰는 용어는", "가장 단순한 방법은", "잘 쓴 예제 하나는", "오류 처리 과정은",
      "명확한 이름은",
    ],
    predicates: [
      "실제 비용을 보여 줍니다.", "다음에 볼 곳을 알려 줍니다.", "나중의 변경을 쉽게 만듭니다.",
      "생각보다 많은 시간을 아껴 줍니다.", "장단점을 눈에 보이게 합니다.",
      "대부분의 논쟁을 끝내 줍니다.", "영리한 요령보다 오래갑니다.",
    ],
    circumstances: [
      "최적화를 시작하기 전에", "여러 사람이 함께 일할 때", "실제 데이터가 들어오면",
      "부하가 커질수록", "작은 프로젝트에서도", "요구 사항이 바뀌더라도", "예산이 정해져 있다면",
    ],
    headings: ["중요한 점", "실제로는", "진행 계획", "다음 단계"],
    listIntroductions: ["다음 항목을 확인해 보세요:", "중요한 순서대로 적으면:", "보통은 이렇게 합니다:"],
    items: [
      "바꾸기 전에 먼저 **측정**하기", "기대하는 *결과*를 적어 두기", "양쪽의 토큰 수를 세기",
      "시간과 비용의 한도를 정하기", "오류 메시지를 끝까지 읽기", "충분히 좋은 가장 작은 모델을 쓰기",
    ],
    tableHead: ["선택", "강점", "가격"],
    tableRows: [
      ["작은 모델", "빠르고 짧은 답", "낮음"], ["큰 모델", "긴 추론", "높음"],
      ["캐시", "반복되는 질문", "아주 낮음"], ["일괄 처리", "많은 요청", "절반"],
    ],
    codeIntroductions: ["코드로는 몇 줄이면 됩니다:", "가장 작은 예제입니다:"],
    code: [
      "```swift\nlet total = prices.reduce(0, +)\nprint(\"합계: \\(total)\")\n```",
      "```python\ndef mean(values):\n    return sum(values) / len(values)  # 평균\n```",
      "```sh\nsort input.txt | uniq -c | sort -rn | head\n```",
    ],
    thoughts: [
      "사용자는 바로 쓸 수 있는 답을 원합니다.", "먼저 대안을 비교해 봅니다.",
      "두 번째 방법은 싸지만 느립니다.", "한계도 함께 말해야 합니다.", "예를 들면 분명해집니다.",
    ],
    closings: [
      "이 정도면 결정하기에 충분합니다.", "여기서 시작해서 나중에 조정하면 됩니다.",
      "조건이 다르면 알려 주세요. 다시 살펴보겠습니다.",
    ])
}
