// swift-format-ignore-file
// Generated from data/models.json by scripts/refresh-catalogue-embed; do not edit.

extension Catalogue {
  /// The day of the list, in days since 1970-01-01.
  static var updatedDayNumber: Int { 20778 }

  /// One sorted line for each name: profile, name, offset of the record; `=` marks an id.
  static var embeddedIndex: StaticString {
    #"""
    holysheep	claude-4-opus	0
    holysheep	claude-4-sonnet	248
    holysheep	claude-opus-4	0
    holysheep	claude-opus-4-0	0
    holysheep	claude-opus-4-20250514	=0
    holysheep	claude-sonnet-4	248
    holysheep	claude-sonnet-4-0	248
    holysheep	claude-sonnet-4-20250514	=248
    holysheep	claude-sonnet-4-5	=499
    holysheep	claude-sonnet-4.5	499
    holysheep	deepseek-chat	725
    holysheep	deepseek-chat-v3-2	725
    holysheep	deepseek-chat-v3.2	725
    holysheep	deepseek-v3	725
    holysheep	deepseek-v3-2	725
    holysheep	deepseek-v3.2	=725
    holysheep	gemini-2.5-flash	=994
    holysheep	gemini-2.5-flash-preview	994
    holysheep	gpt-4.1	=1208
    holysheep	gpt-4o	=1375
    holysheep	gpt-4o-mini	=1563
    holysheep	text-embedding-3-small	=1738
    """#
  }

  /// One line of JSON for each model.
  static var embeddedRecords: StaticString {
    #"""
    {"provider":"holysheep","id":"claude-opus-4-20250514","match":["claude-4-opus","claude-opus-4","claude-opus-4-0"],"source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (15.00 / 75.00): not taken"}
    {"provider":"holysheep","id":"claude-sonnet-4-20250514","match":["claude-4-sonnet","claude-sonnet-4","claude-sonnet-4-0"],"context":200000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"15.00","output":"75.00"}]}
    {"provider":"holysheep","id":"claude-sonnet-4-5","match":["claude-sonnet-4.5"],"context":200000,"source":"HolySheep article on Node.js","checked":"2026-11-21","note":"one article alone names prices (3.00 / 15.00): not taken"}
    {"provider":"holysheep","id":"deepseek-v3.2","match":["deepseek-chat","deepseek-chat-v3-2","deepseek-chat-v3.2","deepseek-v3","deepseek-v3-2"],"context":64000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"0.42","output":"1.90"}]}
    {"provider":"holysheep","id":"gemini-2.5-flash","match":["gemini-2.5-flash-preview"],"context":1000000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"2.50","output":"10.00"}]}
    {"provider":"holysheep","id":"gpt-4.1","context":128000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"8.00","output":"32.00"}]}
    {"provider":"holysheep","id":"gpt-4o","context":128000,"source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (2.50 / 10.00): not taken"}
    {"provider":"holysheep","id":"gpt-4o-mini","source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (0.15 / 0.60): not taken"}
    {"provider":"holysheep","id":"text-embedding-3-small","source":"HolySheep article on migration","checked":"2026-11-21","note":"no price is published"}
    """#
  }
}
