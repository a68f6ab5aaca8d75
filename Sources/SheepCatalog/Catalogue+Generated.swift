// swift-format-ignore-file
// Generated from data/models.json by scripts/refresh-catalogue-embed; do not edit.

extension Catalogue {
  /// The day of the list, in days since 1970-01-01.
  static var updatedDayNumber: Int { 20778 }

  /// One sorted line for each name: profile, name, offset of the record; `=` marks an id.
  static var embeddedIndex: StaticString {
    #"""
    anthropic	claude-fable-5	=0
    anthropic	claude-fable-5-1	=300
    anthropic	claude-fable-5-2	=605
    anthropic	claude-haiku-4-5	=867
    anthropic	claude-haiku-5-5	=1166
    anthropic	claude-opus-4-5	=1599
    anthropic	claude-opus-4-6	=1899
    anthropic	claude-opus-4-7	=2201
    anthropic	claude-opus-4-8	=2503
    anthropic	claude-opus-5	=2805
    anthropic	claude-opus-5-5	=3105
    anthropic	claude-sonnet-4-5	=3403
    anthropic	claude-sonnet-4-6	=3842
    anthropic	claude-sonnet-5	=4145
    anthropic	claude-sonnet-5-5	=4446
    cohere	command-a-03-2025	=4749
    cohere	command-a-plus-05-2026	=4934
    cohere	command-r-08-2024	=5176
    cohere	command-r-plus-08-2024	=5363
    cohere	command-r7b-12-2024	=5553
    cohere	embed-v4.0	=5761
    cohere	embed-v5.0-fast	=5920
    cohere	embed-v5.0-pro	=6084
    deepseek	deepseek-flash	=6247
    deepseek	deepseek-v3.2	=6556
    deepseek	deepseek-v4-flash	=6805
    deepseek	deepseek-v4-pro	=7117
    fireworks	accounts/fireworks/models/deepseek-r1-0528	=7427
    fireworks	accounts/fireworks/models/deepseek-v3-0324	=7669
    fireworks	accounts/fireworks/models/deepseek-v3p2	=7943
    fireworks	accounts/fireworks/models/deepseek-v4p1-flash	=8224
    fireworks	accounts/fireworks/models/deepseek-v4p1-flash-1017	=8512
    fireworks	accounts/fireworks/models/ember-1	=8825
    fireworks	accounts/fireworks/models/glm-4p7	=9064
    fireworks	accounts/fireworks/models/glm-5p1	=9327
    fireworks	accounts/fireworks/models/glm-5p3	=9589
    fireworks	accounts/fireworks/models/glm-5p3-flash	=9853
    fireworks	accounts/fireworks/models/gpt-oss-20b	=10130
    fireworks	accounts/fireworks/models/kimi-k2p5	=10400
    fireworks	accounts/fireworks/models/kimi-k3	=10646
    fireworks	accounts/fireworks/models/llama4-maverick-instruct-basic	=10905
    fireworks	accounts/fireworks/models/minimax-m2p1	=11182
    fireworks	accounts/fireworks/models/minimax-m3	=11460
    fireworks	accounts/fireworks/models/muse-spark-open	=11729
    fireworks	accounts/fireworks/models/qwen3-235b-a22b	=11988
    fireworks	accounts/fireworks/models/qwen3p7-plus	=12234
    fireworks	accounts/fireworks/models/qwen3p8-max	=12506
    fireworks	deepseek-r1-0528	7427
    fireworks	deepseek-v3-0324	7669
    fireworks	deepseek-v3p2	7943
    fireworks	deepseek-v4p1-flash	8224
    fireworks	deepseek-v4p1-flash-1017	8512
    fireworks	ember-1	8825
    fireworks	glm-4p7	9064
    fireworks	glm-5p1	9327
    fireworks	glm-5p3	9589
    fireworks	glm-5p3-flash	9853
    fireworks	gpt-oss-20b	10130
    fireworks	kimi-k2p5	10400
    fireworks	kimi-k3	10646
    fireworks	llama4-maverick-instruct-basic	10905
    fireworks	minimax-m2p1	11182
    fireworks	minimax-m3	11460
    fireworks	muse-spark-open	11729
    fireworks	qwen3-235b-a22b	11988
    fireworks	qwen3p7-plus	12234
    fireworks	qwen3p8-max	12506
    gemini	gemini-2.5-flash	=12751
    gemini	gemini-2.5-flash-lite	=13058
    gemini	gemini-2.5-pro	=13373
    gemini	gemini-3-flash-preview	=13807
    gemini	gemini-3.1-flash-lite	=14117
    gemini	gemini-3.1-pro-preview	=14414
    gemini	gemini-3.5-flash	=14838
    gemini	gemini-3.5-flash-lite	=15058
    gemini	gemini-3.6-flash	=15355
    gemini	gemini-3.7-flash	=15606
    gemini	gemini-3.8-flash	=15830
    gemini	gemini-4-argon	=16081
    gemini	gemini-embedding-001	=16326
    gemini	gemini-embedding-2	=16535
    groq	openai/gpt-oss-120b	=16764
    groq	openai/gpt-oss-20b	=17050
    groq	qwen/qwen3.8-27b	=17339
    holysheep	claude-4-opus	17547
    holysheep	claude-4-sonnet	17795
    holysheep	claude-opus-4	17547
    holysheep	claude-opus-4-0	17547
    holysheep	claude-opus-4-20250514	=17547
    holysheep	claude-sonnet-4	17795
    holysheep	claude-sonnet-4-0	17795
    holysheep	claude-sonnet-4-20250514	=17795
    holysheep	claude-sonnet-4-5	=18046
    holysheep	claude-sonnet-4.5	18046
    holysheep	deepseek-chat	18272
    holysheep	deepseek-chat-v3-2	18272
    holysheep	deepseek-chat-v3.2	18272
    holysheep	deepseek-v3	18272
    holysheep	deepseek-v3-2	18272
    holysheep	deepseek-v3.2	=18272
    holysheep	gemini-2.5-flash	=18541
    holysheep	gemini-2.5-flash-preview	18541
    holysheep	gpt-4.1	=18755
    holysheep	gpt-4o	=18922
    holysheep	gpt-4o-mini	=19110
    holysheep	text-embedding-3-small	=19285
    mistral	codestral-2508	=19436
    mistral	codestral-embed-2505	=19698
    mistral	codestral-latest	=19887
    mistral	ministral-14b-2512	=20151
    mistral	ministral-3b-2512	=20411
    mistral	ministral-8b-2512	=20669
    mistral	ministral-8b-latest	=20903
    mistral	mistral-embed	=21139
    mistral	mistral-large-2512	=21331
    mistral	mistral-large-4	=21591
    mistral	mistral-large-latest	=21855
    mistral	mistral-medium	=22122
    mistral	mistral-medium-3-5	=22401
    mistral	mistral-medium-latest	=22676
    mistral	mistral-small-2603	=22954
    mistral	mistral-small-latest	=23229
    mistral	open-mistral-nemo	=23506
    mistral	pixtral-large-latest	=23754
    openai	chat-latest	=23961
    openai	gpt-4.1	=24175
    openai	gpt-4.1-mini	=24466
    openai	gpt-4o	=24774
    openai	gpt-4o-2024-05-13	=25069
    openai	gpt-4o-audio-preview-2024-12-17	=25294
    openai	gpt-4o-audio-preview-2025-06-03	25294
    openai	gpt-4o-mini	=25581
    openai	gpt-4o-mini-audio-preview-2024-12-17	=25929
    openai	gpt-5	=26179
    openai	gpt-5-mini	=26471
    openai	gpt-5-nano	=26769
    openai	gpt-5-pro	=27052
    openai	gpt-5.1	=27300
    openai	gpt-5.2	=27594
    openai	gpt-5.2-pro	=27865
    openai	gpt-5.3-codex	=28092
    openai	gpt-5.4	=28363
    openai	gpt-5.4-mini	=28979
    openai	gpt-5.4-nano	=29257
    openai	gpt-5.4-pro	=29541
    openai	gpt-5.5	=29838
    openai	gpt-5.5-pro	=30216
    openai	gpt-5.6-luna	=30557
    openai	gpt-5.6-sol	=30951
    openai	gpt-5.6-terra	=31329
    openai	gpt-6-astra	=31711
    openai	gpt-6-luna	=32089
    openai	gpt-6-sol	=32482
    openai	gpt-6.1-sol	=32860
    openai	gpt-6.1-terra	=33240
    openai	gpt-audio	=33626
    openai	gpt-audio-mini	=33880
    openai	o3	=34141
    openai	o3-pro	=34464
    openai	text-embedding-3-large	=34708
    openai	text-embedding-3-small	=34897
    openai	text-embedding-ada-002	=35086
    perplexity	sonar	=35275
    perplexity	sonar-deep-research	=35497
    perplexity	sonar-pro	=35731
    perplexity	sonar-reasoning	=35956
    perplexity	sonar-reasoning-pro	=36188
    together	MiniMaxAI/MiniMax-M3.1-Flash	=36424
    together	Qwen/Qwen3.5-9B	=36650
    together	Qwen/Qwen3.6-Plus	=36846
    together	Qwen/Qwen3.7-Max	=37043
    together	Qwen/Qwen3.7-Plus	=37294
    together	Qwen/Qwen3.8-Flash	=37494
    together	deepseek-ai/DeepSeek-V4-Pro-0813	=37695
    together	deepseek-ai/DeepSeek-V4.1-Flash	=37926
    together	meta-models/Muse-Glimmer-30B	=38157
    together	meta-models/Muse-Spark-Open-816B-A42B	=38382
    together	moonshotai/Kimi-K3	=38632
    together	nvidia/NVIDIA-Nemotron-3.5-Super-VL	=38844
    together	openai/gpt-oss-120b	=39076
    together	reflection/Beam-1.0-501B-A23B	=39276
    together	zai-org/GLM-5.2	=39504
    together	zai-org/GLM-5.3	=39717
    together	zai-org/GLM-5.3-Flash	=39930
    xai	grok-4.20	=40149
    xai	grok-4.20-multi-agent-0309	=40458
    xai	grok-4.3	=40784
    xai	grok-4.5	=41092
    xai	grok-4.6	=41363
    xai	grok-4.7	=41631
    xai	grok-build-0.1	=41899
    xai	grok-code-fast	=42175
    """#
  }

  /// One line of JSON for each model.
  static var embeddedRecords: StaticString {
    #"""
    {"provider":"anthropic","id":"claude-fable-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"10","cached":"1","cache_write":"12.50","cache_write_1h":"20","output":"50","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-fable-5-1","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"10","cached":"0.25","cache_write":"12.50","cache_write_1h":"20","output":"50","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-fable-5-2","context":1000000,"source":"https://www.anthropic.com/pricing#api","checked":"2026-11-21","prices":[{"input":"8","cached":"0.20","cache_write":"10","cache_write_1h":"16","output":"40","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-haiku-4-5","context":200000,"max_output":64000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"1","cached":"0.10","cache_write":"1.25","cache_write_1h":"2","output":"5","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-haiku-5-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/models/haiku-5-5/overview","checked":"2026-11-21","prices":[{"input":"0.10","cached":"0.01","cache_write":"0.125","cache_write_1h":"0.20","output":"0.50","tiers":[{"above":100000,"input":"0.50","cached":"0.05","cache_write":"0.625","cache_write_1h":"1","output":"2.50"}],"service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-4-5","context":200000,"max_output":64000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","cache_write":"6.25","cache_write_1h":"10","output":"25","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-4-6","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","cache_write":"6.25","cache_write_1h":"10","output":"25","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-4-7","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","cache_write":"6.25","cache_write_1h":"10","output":"25","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-4-8","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","cache_write":"6.25","cache_write_1h":"10","output":"25","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","cache_write":"6.25","cache_write_1h":"10","output":"25","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-opus-5-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"4","cached":"0.20","cache_write":"5","cache_write_1h":"8","output":"20","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-sonnet-4-5","context":200000,"max_output":64000,"retires":"2026-11-30","source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"3","cached":"0.30","cache_write":"3.75","cache_write_1h":"6","output":"15","tiers":[{"above":200000,"input":"6","cached":"0.60","cache_write":"7.50","cache_write_1h":"12","output":"22.50"}],"service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-sonnet-4-6","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"3","cached":"0.30","cache_write":"3.75","cache_write_1h":"6","output":"15","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-sonnet-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.20","cache_write":"2.50","cache_write_1h":"4","output":"10","service":{"batch":"x0.5"}}]}
    {"provider":"anthropic","id":"claude-sonnet-5-5","context":1000000,"max_output":128000,"source":"https://platform.claude.com/docs/en/about-claude/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.10","cache_write":"2.50","cache_write_1h":"4","output":"10","service":{"batch":"x0.5"}}]}
    {"provider":"cohere","id":"command-a-03-2025","context":256000,"max_output":8000,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"2.50","output":"10"}]}
    {"provider":"cohere","id":"command-a-plus-05-2026","context":128000,"max_output":64000,"source":"https://docs.cohere.com/docs/command-a-plus","checked":"2026-11-21","note":"litellm alone has a price, and that is nothing: not taken for free"}
    {"provider":"cohere","id":"command-r-08-2024","context":128000,"max_output":4096,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"0.15","output":"0.60"}]}
    {"provider":"cohere","id":"command-r-plus-08-2024","context":128000,"max_output":4096,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"2.50","output":"10"}]}
    {"provider":"cohere","id":"command-r7b-12-2024","context":128000,"max_output":4096,"source":"https://docs.cohere.com/v2/docs/command-r7b","checked":"2026-11-21","prices":[{"input":"0.0375","output":"0.15"}]}
    {"provider":"cohere","id":"embed-v4.0","context":128000,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"0.12","output":"0"}]}
    {"provider":"cohere","id":"embed-v5.0-fast","context":128000,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"0.08","output":"0"}]}
    {"provider":"cohere","id":"embed-v5.0-pro","context":128000,"source":"https://cohere.com/pricing","checked":"2026-11-21","prices":[{"input":"0.12","output":"0"}]}
    {"provider":"deepseek","id":"deepseek-flash","context":1000000,"max_output":393216,"source":"https://api-docs.deepseek.com/quick_start/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.003","output":"0.60","note":"0.30 / 1.20 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out"}]}
    {"provider":"deepseek","id":"deepseek-v3.2","context":128000,"max_output":163840,"source":"https://api-docs.deepseek.com/quick_start/pricing","checked":"2026-11-21","note":"no price is sure: 0.2288 / 0.3432 in genai-prices, 0.28 / 0.40 in litellm"}
    {"provider":"deepseek","id":"deepseek-v4-flash","context":1000000,"max_output":393216,"source":"https://api-docs.deepseek.com/quick_start/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.003","output":"0.60","note":"0.30 / 1.20 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out"}]}
    {"provider":"deepseek","id":"deepseek-v4-pro","context":1000000,"max_output":393216,"source":"https://api-docs.deepseek.com/quick_start/pricing","checked":"2026-11-21","prices":[{"input":"0.66","cached":"0.022","output":"1.98","note":"1.32 / 3.96 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/deepseek-r1-0528","match":["deepseek-r1-0528"],"context":160000,"max_output":160000,"source":"https://fireworks.ai/pricing","checked":"2026-11-21","prices":[{"input":"3","output":"8"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/deepseek-v3-0324","match":["deepseek-v3-0324"],"context":160000,"max_output":163840,"source":"https://fireworks.ai/models/fireworks/deepseek-v3-0324","checked":"2026-11-21","prices":[{"input":"0.90","output":"0.90"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/deepseek-v3p2","match":["deepseek-v3p2"],"context":163840,"max_output":163840,"source":"https://fireworks.ai/models/fireworks/deepseek-v3p2","checked":"2026-11-21","prices":[{"input":"0.56","cached":"0.28","output":"1.68"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/deepseek-v4p1-flash","match":["deepseek-v4p1-flash"],"context":1048576,"max_output":393216,"source":"https://docs.fireworks.ai/serverless/pricing","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.006","output":"1.20"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/deepseek-v4p1-flash-1017","match":["deepseek-v4p1-flash-1017"],"context":1048576,"max_output":393216,"source":"https://api.fireworks.ai/v1/serverless/models?format=nested","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.006","output":"1.20"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/ember-1","match":["ember-1"],"context":1048576,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"3","cached":"0.30","output":"15"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/glm-4p7","match":["glm-4p7"],"context":202752,"max_output":202800,"source":"https://fireworks.ai/models/fireworks/glm-4p7","checked":"2026-11-21","prices":[{"input":"0.60","output":"2.20","cached":"0.30"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/glm-5p1","match":["glm-5p1"],"context":202752,"max_output":131072,"source":"https://docs.fireworks.ai/serverless/pricing","checked":"2026-11-21","prices":[{"input":"1.40","cached":"0.26","output":"4.40"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/glm-5p3","match":["glm-5p3"],"context":1048576,"max_output":128000,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"1.40","cached":"0.26","output":"4.40"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/glm-5p3-flash","match":["glm-5p3-flash"],"context":1048576,"max_output":1048576,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.03","output":"0.50"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/gpt-oss-20b","match":["gpt-oss-20b"],"context":131072,"max_output":32768,"source":"https://docs.fireworks.ai/serverless/pricing","checked":"2026-11-21","prices":[{"input":"0.07","cached":"0.035","output":"0.30"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/kimi-k2p5","match":["kimi-k2p5"],"context":262144,"max_output":32768,"source":"https://fireworks.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.60","cached":"0.10","output":"3"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/kimi-k3","match":["kimi-k3"],"context":1040000,"max_output":131072,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"3","cached":"0.30","output":"15"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/llama4-maverick-instruct-basic","match":["llama4-maverick-instruct-basic"],"context":1000000,"max_output":131072,"source":"https://fireworks.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.22","output":"0.88"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/minimax-m2p1","match":["minimax-m2p1"],"context":204800,"max_output":204800,"source":"https://fireworks.ai/models/fireworks/minimax-m2p1","checked":"2026-11-21","prices":[{"input":"0.30","output":"1.20","cached":"0.03"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/minimax-m3","match":["minimax-m3"],"context":524288,"max_output":512000,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.06","output":"1.20"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/muse-spark-open","match":["muse-spark-open"],"context":1048576,"source":"https://docs.fireworks.ai/serverless/pricing","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.15","output":"4.25"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/qwen3-235b-a22b","match":["qwen3-235b-a22b"],"context":128000,"max_output":131072,"source":"https://fireworks.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.22","output":"0.88"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/qwen3p7-plus","match":["qwen3p7-plus"],"context":262144,"max_output":65536,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"0.40","cached":"0.08","output":"1.60"}]}
    {"provider":"fireworks","id":"accounts/fireworks/models/qwen3p8-max","match":["qwen3p8-max"],"context":262144,"source":"https://api.fireworks.ai/v1/serverless/models","checked":"2026-11-21","prices":[{"input":"2","cached":"0.25","output":"6"}]}
    {"provider":"gemini","id":"gemini-2.5-flash","context":1048576,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.03","output":"2.50","audio_in":"1","service":{"batch":{"input":"0.15","cached":"0.03","output":"1.25"}}}]}
    {"provider":"gemini","id":"gemini-2.5-flash-lite","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.10","cached":"0.01","output":"0.40","audio_in":"0.30","service":{"batch":{"input":"0.05","cached":"0.01","output":"0.20"}}}]}
    {"provider":"gemini","id":"gemini-2.5-pro","context":1048576,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.125","output":"10","tiers":[{"above":200000,"input":"2.50","cached":"0.25","output":"15"}],"service":{"batch":{"input":"0.625","cached":"0.125","output":"5","tiers":[{"above":200000,"input":"1.25","cached":"0.25","output":"7.50"}]}}}]}
    {"provider":"gemini","id":"gemini-3-flash-preview","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.50","cached":"0.05","output":"3","audio_in":"1","service":{"batch":{"input":"0.25","cached":"0.05","output":"1.50"}}}]}
    {"provider":"gemini","id":"gemini-3.1-flash-lite","context":1000000,"max_output":65536,"retires":"2027-05-07","source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.25","cached":"0.025","output":"1.50","audio_in":"0.50","service":{"batch":"x0.5"}}]}
    {"provider":"gemini","id":"gemini-3.1-pro-preview","context":1048576,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.20","output":"12","tiers":[{"above":200000,"input":"4","cached":"0.40","output":"18"}],"service":{"batch":{"input":"1","cached":"0.20","output":"6","tiers":[{"above":200000,"input":"2","cached":"0.40","output":"9"}]}}}]}
    {"provider":"gemini","id":"gemini-3.5-flash","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.50","cached":"0.15","output":"9"}]}
    {"provider":"gemini","id":"gemini-3.5-flash-lite","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.03","output":"2.50","service":{"batch":{"input":"0.15","cached":"0.02","output":"1.25"}}}]}
    {"provider":"gemini","id":"gemini-3.6-flash","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.75","cached":"0.075","output":"3.75","service":{"batch":"x0.5"}}]}
    {"provider":"gemini","id":"gemini-3.7-flash","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.75","cached":"0.075","output":"3.75"}]}
    {"provider":"gemini","id":"gemini-3.8-flash","context":1000000,"max_output":65536,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.75","cached":"0.075","output":"3.75","service":{"batch":"x0.5"}}]}
    {"provider":"gemini","id":"gemini-4-argon","context":1048576,"max_output":1048576,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.10","output":"10","service":{"batch":"x0.5"}}]}
    {"provider":"gemini","id":"gemini-embedding-001","context":2048,"retires":"2028-05-14","source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.15","output":"0"}]}
    {"provider":"gemini","id":"gemini-embedding-2","context":8192,"source":"https://ai.google.dev/gemini-api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.20","audio_in":"6.50","service":{"batch":"x0.5"},"output":"0"}]}
    {"provider":"groq","id":"openai/gpt-oss-120b","context":131072,"max_output":65536,"source":"https://console.groq.com/docs/models","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.075","output":"0.60","service":{"batch":{"input":"0.075","cached":"0.075","output":"0.30"}}}]}
    {"provider":"groq","id":"openai/gpt-oss-20b","context":131072,"max_output":65536,"source":"https://console.groq.com/docs/models","checked":"2026-11-21","prices":[{"input":"0.075","cached":"0.0375","output":"0.30","service":{"batch":{"input":"0.0375","cached":"0.0375","output":"0.15"}}}]}
    {"provider":"groq","id":"qwen/qwen3.8-27b","context":131072,"max_output":16384,"source":"https://console.groq.com/docs/model/qwen/qwen3.8-27b","checked":"2026-11-21","prices":[{"input":"0.80","output":"4"}]}
    {"provider":"holysheep","id":"claude-opus-4-20250514","match":["claude-4-opus","claude-opus-4","claude-opus-4-0"],"source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (15.00 / 75.00): not taken"}
    {"provider":"holysheep","id":"claude-sonnet-4-20250514","match":["claude-4-sonnet","claude-sonnet-4","claude-sonnet-4-0"],"context":200000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"15.00","output":"75.00"}]}
    {"provider":"holysheep","id":"claude-sonnet-4-5","match":["claude-sonnet-4.5"],"context":200000,"source":"HolySheep article on Node.js","checked":"2026-11-21","note":"one article alone names prices (3.00 / 15.00): not taken"}
    {"provider":"holysheep","id":"deepseek-v3.2","match":["deepseek-chat","deepseek-chat-v3-2","deepseek-chat-v3.2","deepseek-v3","deepseek-v3-2"],"context":64000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"0.42","output":"1.90"}]}
    {"provider":"holysheep","id":"gemini-2.5-flash","match":["gemini-2.5-flash-preview"],"context":1000000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"2.50","output":"10.00"}]}
    {"provider":"holysheep","id":"gpt-4.1","context":128000,"source":"HolySheep article on migration","checked":"2026-11-21","prices":[{"input":"8.00","output":"32.00"}]}
    {"provider":"holysheep","id":"gpt-4o","context":128000,"source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (2.50 / 10.00): not taken"}
    {"provider":"holysheep","id":"gpt-4o-mini","source":"HolySheep article on GPU clouds","checked":"2026-11-21","note":"one article alone names prices (0.15 / 0.60): not taken"}
    {"provider":"holysheep","id":"text-embedding-3-small","source":"HolySheep article on migration","checked":"2026-11-21","note":"no price is published"}
    {"provider":"mistral","id":"codestral-2508","context":256000,"max_output":128000,"source":"https://docs.mistral.ai/models/model-cards/codestral-25-08","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.03","output":"0.90","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"codestral-embed-2505","context":8000,"source":"https://mistral.ai/pricing/api","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0"}]}
    {"provider":"mistral","id":"codestral-latest","context":256000,"max_output":128000,"source":"https://docs.mistral.ai/models/model-cards/codestral-25-08","checked":"2026-11-21","prices":[{"input":"0.30","output":"0.90","service":{"batch":"x0.5"},"cached":"0.03"}]}
    {"provider":"mistral","id":"ministral-14b-2512","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/ministral-3-14b-25-12","checked":"2026-11-21","prices":[{"input":"0.20","cached":"0.02","output":"0.20","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"ministral-3b-2512","context":131072,"max_output":131072,"source":"https://docs.mistral.ai/models/ministral-3-3b-25-12","checked":"2026-11-21","prices":[{"input":"0.10","cached":"0.01","output":"0.10","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"ministral-8b-2512","context":262144,"max_output":262144,"source":"https://mistral.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0.15","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"ministral-8b-latest","context":262144,"max_output":262144,"source":"https://mistral.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0.15","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-embed","context":8192,"source":"https://mistral.ai/pricing/api","checked":"2026-11-21","prices":[{"input":"0.10","output":"0","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-large-2512","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/mistral-large-3-25-12","checked":"2026-11-21","prices":[{"input":"0.50","cached":"0.05","output":"1.50","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-large-4","context":1048576,"max_output":1048576,"source":"https://docs.mistral.ai/models/mistral-large-4","checked":"2026-11-21","note":"genai-prices has 0.70 / 2.10","prices":[{"input":"1.36","cached":"0.14","output":"4.18"}]}
    {"provider":"mistral","id":"mistral-large-latest","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/mistral-large-3-25-12","checked":"2026-11-21","note":"genai-prices has 2 / 6","prices":[{"input":"0.50","cached":"0.05","output":"1.50"}]}
    {"provider":"mistral","id":"mistral-medium","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04","checked":"2026-11-21","note":"genai-prices has 0.40 / 2","prices":[{"input":"1.50","cached":"0.15","output":"7.50"}]}
    {"provider":"mistral","id":"mistral-medium-3-5","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04","checked":"2026-11-21","prices":[{"input":"1.50","cached":"0.15","output":"7.50","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-medium-latest","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04","checked":"2026-11-21","prices":[{"input":"1.50","cached":"0.15","output":"7.50","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-small-2603","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/model-cards/mistral-small-4-0-26-03","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0.60","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"mistral-small-latest","context":262144,"max_output":262144,"source":"https://docs.mistral.ai/models/model-cards/mistral-small-4-0-26-03","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0.60","service":{"batch":"x0.5"}}]}
    {"provider":"mistral","id":"open-mistral-nemo","context":128000,"max_output":128000,"source":"https://mistral.ai/technology/","checked":"2026-11-21","note":"genai-prices has 0.15 / 0.15","prices":[{"input":"0.30","cached":"0.03","output":"0.30"}]}
    {"provider":"mistral","id":"pixtral-large-latest","context":128000,"max_output":128000,"source":"https://mistral.ai/pricing/api","checked":"2026-11-21","prices":[{"input":"2","output":"6","cached":"0.20"}]}
    {"provider":"openai","id":"chat-latest","context":400000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","output":"30"}]}
    {"provider":"openai","id":"gpt-4.1","context":1000000,"max_output":32768,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.50","output":"8","service":{"batch":{"input":"1","cached":"0.50","output":"4"},"priority":"x1.75"}}]}
    {"provider":"openai","id":"gpt-4.1-mini","context":1000000,"max_output":32768,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.40","cached":"0.10","output":"1.60","service":{"batch":{"input":"0.20","cached":"0.10","output":"0.80"},"priority":"x1.75"}}]}
    {"provider":"openai","id":"gpt-4o","context":128000,"max_output":16384,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2.50","cached":"1.25","output":"10","service":{"batch":{"input":"1.25","cached":"1.25","output":"5"},"priority":"x1.7"}}]}
    {"provider":"openai","id":"gpt-4o-2024-05-13","context":128000,"max_output":4096,"retires":"2026-10-23","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"5","output":"15"}]}
    {"provider":"openai","id":"gpt-4o-audio-preview-2024-12-17","match":["gpt-4o-audio-preview-2025-06-03"],"context":128000,"max_output":16384,"retires":"2027-01-20","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2.50","output":"10"}]}
    {"provider":"openai","id":"gpt-4o-mini","context":128000,"max_output":16384,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.075","output":"0.60","service":{"batch":{"input":"0.075","cached":"0.075","output":"0.30"},"priority":{"input":"0.25","cached":"0.125","output":"1"}}}]}
    {"provider":"openai","id":"gpt-4o-mini-audio-preview-2024-12-17","context":128000,"max_output":16384,"retires":"2027-01-20","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.15","output":"0.60"}]}
    {"provider":"openai","id":"gpt-5","context":400000,"max_output":128000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.125","output":"10","service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5-mini","context":400000,"max_output":128000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.25","cached":"0.025","output":"2","service":{"batch":"x0.5","flex":"x0.5","priority":"x1.8"}}]}
    {"provider":"openai","id":"gpt-5-nano","context":400000,"max_output":128000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.05","cached":"0.005","output":"0.40","service":{"batch":"x0.5","flex":"x0.5"}}]}
    {"provider":"openai","id":"gpt-5-pro","context":400000,"max_output":272000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"15","output":"120","service":{"batch":"x0.5"}}]}
    {"provider":"openai","id":"gpt-5.1","context":400000,"max_output":128000,"retires":"2027-04-01","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.125","output":"10","service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.2","context":400000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.75","cached":"0.175","output":"14","service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.2-pro","context":400000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"21","output":"168","service":{"batch":"x0.5"}}]}
    {"provider":"openai","id":"gpt-5.3-codex","context":400000,"max_output":128000,"retires":"2027-04-01","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1.75","cached":"0.175","output":"14","service":{"priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.4","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2.50","cached":"0.25","output":"15","tiers":[{"above":272000,"input":"5","cached":"0.50","output":"22.50"}],"service":{"batch":{"input":"1.25","cached":"0.13","output":"7.50","tiers":[{"above":272000,"input":"2.50","cached":"0.25","output":"11.25"}]},"flex":{"input":"1.25","cached":"0.13","output":"7.50","tiers":[{"above":272000,"input":"2.50","cached":"0.25","output":"11.25"}]},"priority":{"input":"5","cached":"0.50","output":"30"}}}]}
    {"provider":"openai","id":"gpt-5.4-mini","context":400000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.75","cached":"0.075","output":"4.50","service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.4-nano","context":400000,"max_output":128000,"retires":"2027-04-01","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.20","cached":"0.02","output":"1.25","service":{"batch":"x0.5","flex":"x0.5"}}]}
    {"provider":"openai","id":"gpt-5.4-pro","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"30","output":"180","tiers":[{"above":272000,"input":"60","output":"270"}],"service":{"batch":"x0.5","flex":"x0.5"}}]}
    {"provider":"openai","id":"gpt-5.5","context":1000000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"5","cached":"0.50","output":"30","tiers":[{"above":272000,"input":"10","cached":"1","output":"45"}],"service":{"batch":"x0.5","flex":"x0.5","priority":{"input":"12.50","cached":"1.25","output":"75"}}}]}
    {"provider":"openai","id":"gpt-5.5-pro","context":1000000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"30","output":"180","tiers":[{"above":272000,"input":"60","output":"270"}],"service":{"batch":{"input":"15","output":"90"},"flex":{"input":"15","output":"90"}}}]}
    {"provider":"openai","id":"gpt-5.6-luna","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.20","cached":"0.02","cache_write":"0.25","output":"1.20","tiers":[{"above":272000,"input":"0.40","cached":"0.04","cache_write":"0.50","output":"1.80"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.6-sol","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"4","cached":"0.40","cache_write":"5","output":"20","tiers":[{"above":272000,"input":"8","cached":"0.80","cache_write":"10","output":"30"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-5.6-terra","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.20","cache_write":"2.50","output":"12","tiers":[{"above":272000,"input":"4","cached":"0.40","cache_write":"5","output":"18"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-6-astra","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"10","cached":"1","cache_write":"12.50","output":"50","tiers":[{"above":272000,"input":"20","cached":"2","cache_write":"25","output":"75"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-6-luna","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.10","cached":"0.01","cache_write":"0.125","output":"0.50","tiers":[{"above":272000,"input":"0.20","cached":"0.02","cache_write":"0.25","output":"0.75"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-6-sol","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.20","cache_write":"2.50","output":"10","tiers":[{"above":272000,"input":"4","cached":"0.40","cache_write":"5","output":"15"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-6.1-sol","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.10","cache_write":"2.50","output":"10","tiers":[{"above":272000,"input":"4","cached":"0.20","cache_write":"5","output":"15"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-6.1-terra","context":1050000,"max_output":128000,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"1","cached":"0.05","cache_write":"1.25","output":"5","tiers":[{"above":272000,"input":"2","cached":"0.10","cache_write":"2.50","output":"7.50"}],"service":{"batch":"x0.5","flex":"x0.5","priority":"x2"}}]}
    {"provider":"openai","id":"gpt-audio","context":128000,"max_output":16384,"retires":"2027-01-20","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2.50","output":"10","audio_in":"32","audio_out":"64"}]}
    {"provider":"openai","id":"gpt-audio-mini","context":128000,"max_output":16384,"retires":"2027-01-20","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.60","output":"2.40","audio_in":"10","audio_out":"20"}]}
    {"provider":"openai","id":"o3","context":200000,"max_output":100000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"2","cached":"0.50","output":"8","service":{"batch":{"input":"1","cached":"0.50","output":"4"},"flex":"x0.5","priority":"x1.75"}}]}
    {"provider":"openai","id":"o3-pro","context":200000,"max_output":100000,"retires":"2026-12-11","source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"20","output":"80","service":{"batch":"x0.5"}}]}
    {"provider":"openai","id":"text-embedding-3-large","context":8192,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.13","output":"0"}]}
    {"provider":"openai","id":"text-embedding-3-small","context":8192,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.02","output":"0"}]}
    {"provider":"openai","id":"text-embedding-ada-002","context":8192,"source":"https://developers.openai.com/api/docs/pricing","checked":"2026-11-21","prices":[{"input":"0.10","output":"0"}]}
    {"provider":"perplexity","id":"sonar","context":128000,"max_output":128000,"source":"https://docs.perplexity.ai/docs/getting-started/pricing","checked":"2026-11-21","prices":[{"input":"1","output":"1","request":"0.012"}]}
    {"provider":"perplexity","id":"sonar-deep-research","context":128000,"max_output":128000,"source":"https://docs.perplexity.ai/docs/getting-started/pricing","checked":"2026-11-21","prices":[{"input":"2","output":"8","reasoning":"3"}]}
    {"provider":"perplexity","id":"sonar-pro","context":200000,"max_output":8000,"source":"https://docs.perplexity.ai/docs/getting-started/pricing","checked":"2026-11-21","prices":[{"input":"3","output":"15","request":"0.014"}]}
    {"provider":"perplexity","id":"sonar-reasoning","context":128000,"max_output":128000,"source":"https://docs.perplexity.ai/docs/getting-started/pricing","checked":"2026-11-21","prices":[{"input":"1","output":"5","request":"0.012"}]}
    {"provider":"perplexity","id":"sonar-reasoning-pro","context":128000,"max_output":128000,"source":"https://docs.perplexity.ai/docs/getting-started/pricing","checked":"2026-11-21","prices":[{"input":"2","output":"8","request":"0.014"}]}
    {"provider":"together","id":"MiniMaxAI/MiniMax-M3.1-Flash","context":1048576,"max_output":1048576,"source":"https://www.together.ai/pricing","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.015","output":"0.60"}]}
    {"provider":"together","id":"Qwen/Qwen3.5-9B","context":262144,"max_output":262144,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.17","output":"0.25"}]}
    {"provider":"together","id":"Qwen/Qwen3.6-Plus","context":1000000,"max_output":1000000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.50","output":"3"}]}
    {"provider":"together","id":"Qwen/Qwen3.7-Max","context":1000000,"max_output":1000000,"source":"https://www.together.ai/pricing","checked":"2026-11-21","note":"genai-prices has 2.50 / 7.50","prices":[{"input":"1.50","cached":"0.30","output":"4.50"}]}
    {"provider":"together","id":"Qwen/Qwen3.7-Plus","context":1000000,"max_output":1000000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.32","output":"1.28"}]}
    {"provider":"together","id":"Qwen/Qwen3.8-Flash","context":1000000,"max_output":1000000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.15","output":"0.47"}]}
    {"provider":"together","id":"deepseek-ai/DeepSeek-V4-Pro-0813","context":1048576,"max_output":1048576,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"1.32","cached":"0.13","output":"3.96"}]}
    {"provider":"together","id":"deepseek-ai/DeepSeek-V4.1-Flash","context":1000000,"max_output":1048576,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.30","cached":"0.006","output":"1.20"}]}
    {"provider":"together","id":"meta-models/Muse-Glimmer-30B","context":131072,"max_output":131072,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.35","cached":"0.04","output":"1.50"}]}
    {"provider":"together","id":"meta-models/Muse-Spark-Open-816B-A42B","context":1048576,"max_output":1048576,"source":"https://docs.together.ai/docs/serverless-models","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.15","output":"4.25"}]}
    {"provider":"together","id":"moonshotai/Kimi-K3","context":1048576,"max_output":1048576,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"3","cached":"0.30","output":"15"}]}
    {"provider":"together","id":"nvidia/NVIDIA-Nemotron-3.5-Super-VL","context":262144,"max_output":262144,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.02","output":"0.50"}]}
    {"provider":"together","id":"openai/gpt-oss-120b","context":131072,"max_output":131072,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.15","output":"0.60"}]}
    {"provider":"together","id":"reflection/Beam-1.0-501B-A23B","context":1048576,"max_output":1048576,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.40","cached":"0.04","output":"1.20"}]}
    {"provider":"together","id":"zai-org/GLM-5.2","context":1048575,"max_output":128000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"1.40","cached":"0.26","output":"4.40"}]}
    {"provider":"together","id":"zai-org/GLM-5.3","context":1048575,"max_output":128000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"1.40","cached":"0.26","output":"4.40"}]}
    {"provider":"together","id":"zai-org/GLM-5.3-Flash","context":1048575,"max_output":128000,"source":"https://api.together.ai/v1/models","checked":"2026-11-21","prices":[{"input":"0.15","cached":"0.03","output":"0.50"}]}
    {"provider":"xai","id":"grok-4.20","context":1000000,"max_output":1000000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.20","output":"2.50","tiers":[{"at_or_above":200000,"input":"2.50","cached":"0.40","output":"5"}],"service":{"batch":"x0.8"}}]}
    {"provider":"xai","id":"grok-4.20-multi-agent-0309","context":1000000,"max_output":1000000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.20","output":"2.50","tiers":[{"at_or_above":200000,"input":"2.50","cached":"0.40","output":"5"}],"service":{"batch":"x0.8"}}]}
    {"provider":"xai","id":"grok-4.3","context":1000000,"max_output":1000000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"1.25","cached":"0.20","output":"2.50","tiers":[{"at_or_above":200000,"input":"2.50","cached":"0.40","output":"5"}],"service":{"batch":"x0.8"}}]}
    {"provider":"xai","id":"grok-4.5","context":500000,"max_output":500000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"2","cached":"0.30","output":"6","tiers":[{"at_or_above":200000,"input":"4","cached":"0.60","output":"12"}]}]}
    {"provider":"xai","id":"grok-4.6","context":500000,"max_output":500000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"2","cached":"0.50","output":"6","tiers":[{"at_or_above":200000,"input":"4","cached":"1","output":"12"}]}]}
    {"provider":"xai","id":"grok-4.7","context":500000,"max_output":500000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"2","cached":"0.50","output":"6","tiers":[{"at_or_above":200000,"input":"4","cached":"1","output":"12"}]}]}
    {"provider":"xai","id":"grok-build-0.1","context":256000,"max_output":256000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","prices":[{"input":"1","cached":"0.20","output":"2","tiers":[{"at_or_above":200000,"input":"2","cached":"0.40","output":"4"}]}]}
    {"provider":"xai","id":"grok-code-fast","context":256000,"max_output":256000,"source":"https://api.x.ai/v1/language-models","checked":"2026-11-21","note":"genai-prices has 0.20 / 1.50","prices":[{"input":"1","cached":"0.20","output":"2","tiers":[{"at_or_above":200000,"input":"2","cached":"0.40","output":"4"}]}]}
    """#
  }
}
