import SheepCore
import Testing

/// Texts of several kinds with their true length in OpenAI's o200k_base vocabulary, counted once
/// with tiktoken 0.12.0.
enum TokenSamples {
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let tokens: Int
    let text: String
  }

  static let all = [
    Sample(
      testDescription: "English prose", tokens: 86,
      text: #"""
        The harbour was quiet when the first boat came back. Two men stood at the rail and said nothing, because there was nothing left to say: the nets were empty, the engine had failed twice, and the weather report had been wrong again. On the quay a girl was counting crates. She looked up, waved once, and went on counting, as if the answer to everything were a number that she had not reached yet.
        """#),
    Sample(
      testDescription: "English chat", tokens: 56,
      text: #"""
        Hi! Could you please help me write a short reply to my landlord? He says the heating won't be fixed until next week, and it's really cold in here. I'd like to stay polite but also make it clear that I'm not going to wait that long. Thanks a lot!
        """#),
    Sample(
      testDescription: "Korean prose", tokens: 102,
      text: #"""
        비가 그친 뒤의 골목은 조용했다. 가로등 아래로 물웅덩이가 반짝였고, 멀리서 버스가 지나가는 소리가 들렸다. 그는 우산을 접으며 오늘 있었던 일을 천천히 떠올렸다. 아침에 놓친 전화, 점심시간에 받은 편지, 그리고 저녁에 우연히 만난 오래된 친구. 모든 것이 하나의 이야기처럼 이어져 있다는 생각이 들었다.
        """#),
    Sample(
      testDescription: "Korean technical", tokens: 75,
      text: #"""
        이 함수는 서버에서 받은 응답을 파싱해서 토큰 사용량을 계산합니다. 요청이 실패하면 지수 백오프로 최대 다섯 번까지 재시도하고, 429 오류의 경우에는 Retry-After 헤더의 값을 먼저 확인하세요. API 키는 환경 변수에 저장하고 절대로 코드에 직접 적지 마세요.
        """#),
    Sample(
      testDescription: "Japanese", tokens: 70,
      text: #"""
        昨日の夜、駅前の小さな喫茶店で友人と久しぶりに会いました。コーヒーを飲みながら、仕事のことや家族のことをゆっくり話しました。来月は一緒に京都へ旅行する予定なので、とても楽しみにしています。
        """#),
    Sample(
      testDescription: "Chinese", tokens: 66,
      text: #"""
        今天早上我去图书馆借了三本书，其中一本讲的是城市的历史。回家的路上下起了雨，我在咖啡店里等了半个小时，顺便把第一章读完了。作者认为，街道的名字比建筑更能说明过去的生活。
        """#),
    Sample(
      testDescription: "Swift code", tokens: 101,
      text: #"""
        func movingAverage(of values: [Double], window: Int) -> [Double] {
          guard window > 0, values.count >= window else { return [] }
          var result: [Double] = []
          var sum = values.prefix(window).reduce(0, +)
          result.append(sum / Double(window))
          for index in window..<values.count {
            sum += values[index] - values[index - window]
            result.append(sum / Double(window))
          }
          return result
        }

        """#),
    Sample(
      testDescription: "Python code", tokens: 113,
      text: #"""
        import csv
        from pathlib import Path


        def load_rows(path: Path) -> list[dict[str, str]]:
            """Read all rows of a CSV file, skipping the empty ones."""
            with path.open(encoding="utf-8", newline="") as handle:
                return [row for row in csv.DictReader(handle) if any(row.values())]


        if __name__ == "__main__":
            for row in load_rows(Path("orders.csv")):
                print(f"{row['id']}: {float(row['total']):.2f}")

        """#),
    Sample(
      testDescription: "JSON", tokens: 93,
      text: #"""
        {
          "order": {
            "id": 48213,
            "customer": "Kim Minjun",
            "items": [
              {"sku": "A-1009", "quantity": 2, "price": 12.5},
              {"sku": "B-2210", "quantity": 1, "price": 199.99}
            ],
            "paid": true,
            "shipping": null
          }
        }

        """#),
    Sample(
      testDescription: "Markdown", tokens: 80,
      text: #"""
        ## Installing

        1. Download the archive from the releases page and unpack it.
        2. Run `make install PREFIX=$HOME/.local` and add the `bin` folder to your `PATH`.
        3. Check the result with `tool --version`; it should print **2.4.1** or later.

        > Note: on older systems you need to install `libfoo` first.

        """#),
    Sample(
      testDescription: "Log lines", tokens: 127,
      text: #"""
        2026-11-20T08:14:02.113Z INFO  gateway[812]: POST /v1/chat/completions 200 in 1843 ms (req_8f31ab)
        2026-11-20T08:14:05.770Z WARN  gateway[812]: POST /v1/chat/completions 429 in 12 ms (req_8f31ac)
        2026-11-20T08:14:06.021Z ERROR upstream[77]: connect to 10.2.0.14:443 timed out after 5000 ms

        """#),
    Sample(
      testDescription: "Russian", tokens: 54,
      text: #"""
        Вчера вечером мы долго сидели на кухне и разговаривали о книгах. За окном шёл снег, чай давно остыл, но никто не хотел уходить. Потом кто-то вспомнил старую песню, и мы тихо запели.
        """#),
    Sample(
      testDescription: "German", tokens: 54,
      text: #"""
        Gestern hat es den ganzen Tag geregnet, deshalb sind wir zu Hause geblieben. Wir haben gekocht, ein altes Spiel gespielt und über die nächste Reise gesprochen. Für März möchten wir eine Hütte in den Bergen mieten, am liebsten mit Blick über das Tal.
        """#),
  ]
}
