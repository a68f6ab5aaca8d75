// swift-format-ignore-file
// Generated from data/models.json by scripts/refresh-catalogue-embed; do not edit.

extension Catalogue {
  /// The day of the list, in days since 1970-01-01.
  static var updatedDayNumber: Int { 20778 }

  /// One sorted line for each name: profile, name, offset of the record; `=` marks an id.
  static var embeddedIndex: StaticString {
    #"""
    anthropic	claude-fable-5	=0
    anthropic	claude-fable-5-1	=244
    anthropic	claude-fable-5-2	=493
    anthropic	claude-haiku-4-5	=701
    anthropic	claude-haiku-5-5	=944
    anthropic	claude-opus-4-5	=1287
    anthropic	claude-opus-4-6	=1531
    anthropic	claude-opus-4-7	=1777
    anthropic	claude-opus-4-8	=2023
    anthropic	claude-opus-5	=2269
    anthropic	claude-opus-5-5	=2513
    anthropic	claude-sonnet-4-5	=2755
    anthropic	claude-sonnet-4-6	=3100
    anthropic	claude-sonnet-5	=3347
    anthropic	claude-sonnet-5-5	=3592
    cohere	command-a-03-2025	=3839
    cohere	command-a-plus-05-2026	=3988
    cohere	command-r-08-2024	=4204
    cohere	command-r-plus-08-2024	=4355
    cohere	command-r7b-12-2024	=4509
    cohere	embed-v4.0	=4681
    cohere	embed-v5.0-fast	=4806
    cohere	embed-v5.0-pro	=4936
    deepseek	deepseek-flash	=5065
    deepseek	deepseek-v3.2	=5330
    deepseek	deepseek-v4-flash	=5553
    deepseek	deepseek-v4-pro	=5821
    fireworks	accounts/fireworks/models/deepseek-r1-0528	=6087
    fireworks	accounts/fireworks/models/deepseek-v3-0324	=6287
    fireworks	accounts/fireworks/models/deepseek-v3p2	=6519
    fireworks	accounts/fireworks/models/deepseek-v4p1-flash	=6754
    fireworks	accounts/fireworks/models/deepseek-v4p1-flash-1017	=6996
    fireworks	accounts/fireworks/models/ember-1	=7263
    fireworks	accounts/fireworks/models/glm-4p7	=7458
    fireworks	accounts/fireworks/models/glm-5p1	=7675
    fireworks	accounts/fireworks/models/glm-5p3	=7891
    fireworks	accounts/fireworks/models/glm-5p3-flash	=8109
    fireworks	accounts/fireworks/models/gpt-oss-20b	=8340
    fireworks	accounts/fireworks/models/kimi-k2p5	=8564
    fireworks	accounts/fireworks/models/kimi-k3	=8764
    fireworks	accounts/fireworks/models/llama4-maverick-instruct-basic	=8977
    fireworks	accounts/fireworks/models/minimax-m2p1	=9212
    fireworks	accounts/fireworks/models/minimax-m3	=9444
    fireworks	accounts/fireworks/models/muse-spark-open	=9667
    fireworks	accounts/fireworks/models/qwen3-235b-a22b	=9882
    fireworks	accounts/fireworks/models/qwen3p7-plus	=10086
    fireworks	accounts/fireworks/models/qwen3p8-max	=10312
    fireworks	deepseek-r1-0528	6087
    fireworks	deepseek-v3-0324	6287
    fireworks	deepseek-v3p2	6519
    fireworks	deepseek-v4p1-flash	6754
    fireworks	deepseek-v4p1-flash-1017	6996
    fireworks	ember-1	7263
    fireworks	glm-4p7	7458
    fireworks	glm-5p1	7675
    fireworks	glm-5p3	7891
    fireworks	glm-5p3-flash	8109
    fireworks	gpt-oss-20b	8340
    fireworks	kimi-k2p5	8564
    fireworks	kimi-k3	8764
    fireworks	llama4-maverick-instruct-basic	8977
    fireworks	minimax-m2p1	9212
    fireworks	minimax-m3	9444
    fireworks	muse-spark-open	9667
    fireworks	qwen3-235b-a22b	9882
    fireworks	qwen3p7-plus	10086
    fireworks	qwen3p8-max	10312
    gemini	gemini-2.5-flash	=10513
    gemini	gemini-2.5-flash-lite	=10756
    gemini	gemini-2.5-pro	=11007
    gemini	gemini-3-flash-preview	=11329
    gemini	gemini-3.1-flash-lite	=11575
    gemini	gemini-3.1-pro-preview	=11816
    gemini	gemini-3.5-flash	=12128
    gemini	gemini-3.5-flash-lite	=12308
    gemini	gemini-3.6-flash	=12545
    gemini	gemini-3.7-flash	=12748
    gemini	gemini-3.8-flash	=12932
    gemini	gemini-4-argon	=13135
    gemini	gemini-embedding-001	=13332
    gemini	gemini-embedding-2	=13503
    groq	openai/gpt-oss-120b	=13686
    groq	openai/gpt-oss-20b	=13912
    groq	qwen/qwen3.8-27b	=14141
    holysheep	claude-4-opus	14313
    holysheep	claude-4-sonnet	14513
    holysheep	claude-opus-4	14313
    holysheep	claude-opus-4-0	14313
    holysheep	claude-opus-4-20250514	=14313
    holysheep	claude-sonnet-4	14513
    holysheep	claude-sonnet-4-0	14513
    holysheep	claude-sonnet-4-20250514	=14513
    holysheep	claude-sonnet-4-5	=14720
    holysheep	claude-sonnet-4.5	14720
    holysheep	deepseek-chat	14900
    holysheep	deepseek-chat-v3-2	14900
    holysheep	deepseek-chat-v3.2	14900
    holysheep	deepseek-v3	14900
    holysheep	deepseek-v3-2	14900
    holysheep	deepseek-v3.2	=14900
    holysheep	gemini-2.5-flash	=15121
    holysheep	gemini-2.5-flash-preview	15121
    holysheep	gpt-4.1	=15295
    holysheep	gpt-4o	=15428
    holysheep	gpt-4o-mini	=15576
    holysheep	text-embedding-3-small	=15713
    mistral	codestral-2508	=15842
    mistral	codestral-embed-2505	=16056
    mistral	codestral-latest	=16207
    mistral	ministral-14b-2512	=16423
    mistral	ministral-3b-2512	=16635
    mistral	ministral-8b-2512	=16845
    mistral	ministral-8b-latest	=17031
    mistral	mistral-embed	=17219
    mistral	mistral-large-2512	=17369
    mistral	mistral-large-4	=17581
    mistral	mistral-large-latest	=17801
    mistral	mistral-medium	=18024
    mistral	mistral-medium-3-5	=18259
    mistral	mistral-medium-latest	=18486
    mistral	mistral-small-2603	=18716
    mistral	mistral-small-latest	=18943
    mistral	open-mistral-nemo	=19172
    mistral	pixtral-large-latest	=19376
    openai	chat-latest	=19543
    openai	gpt-4.1	=19717
    openai	gpt-4.1-mini	=19952
    openai	gpt-4o	=20204
    openai	gpt-4o-2024-05-13	=20443
    openai	gpt-4o-audio-preview-2024-12-17	=20628
    openai	gpt-4o-audio-preview-2025-06-03	20628
    openai	gpt-4o-mini	=20869
    openai	gpt-4o-mini-audio-preview-2024-12-17	=21149
    openai	gpt-5	=21359
    openai	gpt-5-mini	=21607
    openai	gpt-5-nano	=21861
    openai	gpt-5-pro	=22096
    openai	gpt-5.1	=22296
    openai	gpt-5.2	=22546
    openai	gpt-5.2-pro	=22777
    openai	gpt-5.3-codex	=22960
    openai	gpt-5.4	=23179
    openai	gpt-5.4-mini	=23641
    openai	gpt-5.4-nano	=23879
    openai	gpt-5.4-pro	=24115
    openai	gpt-5.5	=24350
    openai	gpt-5.5-pro	=24650
    openai	gpt-5.6-luna	=24913
    openai	gpt-5.6-sol	=25233
    openai	gpt-5.6-terra	=25537
    openai	gpt-6-astra	=25845
    openai	gpt-6-luna	=26149
    openai	gpt-6-sol	=26468
    openai	gpt-6.1-sol	=26772
    openai	gpt-6.1-terra	=27078
    openai	gpt-audio	=27390
    openai	gpt-audio-mini	=27596
    openai	o3	=27809
    openai	o3-pro	=28076
    openai	text-embedding-3-large	=28272
    openai	text-embedding-3-small	=28427
    openai	text-embedding-ada-002	=28582
    perplexity	sonar	=28737
    perplexity	sonar-deep-research	=28919
    perplexity	sonar-pro	=29113
    perplexity	sonar-reasoning	=29298
    perplexity	sonar-reasoning-pro	=29490
    together	MiniMaxAI/MiniMax-M3.1-Flash	=29686
    together	Qwen/Qwen3.5-9B	=29872
    together	Qwen/Qwen3.6-Plus	=30032
    together	Qwen/Qwen3.7-Max	=30193
    together	Qwen/Qwen3.7-Plus	=30400
    together	Qwen/Qwen3.8-Flash	=30564
    together	deepseek-ai/DeepSeek-V4-Pro-0813	=30729
    together	deepseek-ai/DeepSeek-V4.1-Flash	=30920
    together	meta-models/Muse-Glimmer-30B	=31111
    together	meta-models/Muse-Spark-Open-816B-A42B	=31296
    together	moonshotai/Kimi-K3	=31506
    together	nvidia/NVIDIA-Nemotron-3.5-Super-VL	=31678
    together	openai/gpt-oss-120b	=31870
    together	reflection/Beam-1.0-501B-A23B	=32034
    together	zai-org/GLM-5.2	=32222
    together	zai-org/GLM-5.3	=32395
    together	zai-org/GLM-5.3-Flash	=32568
    xai	grok-4.20	=32747
    xai	grok-4.20-multi-agent-0309	=32977
    xai	grok-4.3	=33224
    xai	grok-4.5	=33453
    xai	grok-4.6	=33653
    xai	grok-4.7	=33850
    xai	grok-build-0.1	=34047
    xai	grok-code-fast	=34252
    """#
  }

  /// One line for each model, its fields divided by tabs: see `CatalogueEntry.init(embedded:)`.
  static var embeddedRecords: StaticString {
    #"""
    provider anthropic	id claude-fable-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 10	cached 1	cache_write 12.50	cache_write_1h 20	output 50	service batch x0.5
    provider anthropic	id claude-fable-5-1	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 10	cached 0.25	cache_write 12.50	cache_write_1h 20	output 50	service batch x0.5
    provider anthropic	id claude-fable-5-2	context 1000000	source https://www.anthropic.com/pricing#api	checked 2026-11-21	prices	input 8	cached 0.20	cache_write 10	cache_write_1h 16	output 40	service batch x0.5
    provider anthropic	id claude-haiku-4-5	context 200000	max_output 64000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 1	cached 0.10	cache_write 1.25	cache_write_1h 2	output 5	service batch x0.5
    provider anthropic	id claude-haiku-5-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/models/haiku-5-5/overview	checked 2026-11-21	prices	input 0.10	cached 0.01	cache_write 0.125	cache_write_1h 0.20	output 0.50	tier >100000	input 0.50	cached 0.05	cache_write 0.625	cache_write_1h 1	output 2.50	service batch x0.5
    provider anthropic	id claude-opus-4-5	context 200000	max_output 64000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 5	cached 0.50	cache_write 6.25	cache_write_1h 10	output 25	service batch x0.5
    provider anthropic	id claude-opus-4-6	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 5	cached 0.50	cache_write 6.25	cache_write_1h 10	output 25	service batch x0.5
    provider anthropic	id claude-opus-4-7	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 5	cached 0.50	cache_write 6.25	cache_write_1h 10	output 25	service batch x0.5
    provider anthropic	id claude-opus-4-8	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 5	cached 0.50	cache_write 6.25	cache_write_1h 10	output 25	service batch x0.5
    provider anthropic	id claude-opus-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 5	cached 0.50	cache_write 6.25	cache_write_1h 10	output 25	service batch x0.5
    provider anthropic	id claude-opus-5-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 4	cached 0.20	cache_write 5	cache_write_1h 8	output 20	service batch x0.5
    provider anthropic	id claude-sonnet-4-5	context 200000	max_output 64000	retires 2026-11-30	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 3	cached 0.30	cache_write 3.75	cache_write_1h 6	output 15	tier >200000	input 6	cached 0.60	cache_write 7.50	cache_write_1h 12	output 22.50	service batch x0.5
    provider anthropic	id claude-sonnet-4-6	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 3	cached 0.30	cache_write 3.75	cache_write_1h 6	output 15	service batch x0.5
    provider anthropic	id claude-sonnet-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 2	cached 0.20	cache_write 2.50	cache_write_1h 4	output 10	service batch x0.5
    provider anthropic	id claude-sonnet-5-5	context 1000000	max_output 128000	source https://platform.claude.com/docs/en/about-claude/pricing	checked 2026-11-21	prices	input 2	cached 0.10	cache_write 2.50	cache_write_1h 4	output 10	service batch x0.5
    provider cohere	id command-a-03-2025	context 256000	max_output 8000	source https://cohere.com/pricing	checked 2026-11-21	prices	input 2.50	output 10
    provider cohere	id command-a-plus-05-2026	context 128000	max_output 64000	source https://docs.cohere.com/docs/command-a-plus	checked 2026-11-21	note litellm alone has a price, and that is nothing: not taken for free
    provider cohere	id command-r-08-2024	context 128000	max_output 4096	source https://cohere.com/pricing	checked 2026-11-21	prices	input 0.15	output 0.60
    provider cohere	id command-r-plus-08-2024	context 128000	max_output 4096	source https://cohere.com/pricing	checked 2026-11-21	prices	input 2.50	output 10
    provider cohere	id command-r7b-12-2024	context 128000	max_output 4096	source https://docs.cohere.com/v2/docs/command-r7b	checked 2026-11-21	prices	input 0.0375	output 0.15
    provider cohere	id embed-v4.0	context 128000	source https://cohere.com/pricing	checked 2026-11-21	prices	input 0.12	output 0
    provider cohere	id embed-v5.0-fast	context 128000	source https://cohere.com/pricing	checked 2026-11-21	prices	input 0.08	output 0
    provider cohere	id embed-v5.0-pro	context 128000	source https://cohere.com/pricing	checked 2026-11-21	prices	input 0.12	output 0
    provider deepseek	id deepseek-flash	context 1000000	max_output 393216	source https://api-docs.deepseek.com/quick_start/pricing	checked 2026-11-21	prices	input 0.15	cached 0.003	output 0.60	note 0.30 / 1.20 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out
    provider deepseek	id deepseek-v3.2	context 128000	max_output 163840	source https://api-docs.deepseek.com/quick_start/pricing	checked 2026-11-21	note no price is sure: 0.2288 / 0.3432 in genai-prices, 0.28 / 0.40 in litellm
    provider deepseek	id deepseek-v4-flash	context 1000000	max_output 393216	source https://api-docs.deepseek.com/quick_start/pricing	checked 2026-11-21	prices	input 0.15	cached 0.003	output 0.60	note 0.30 / 1.20 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out
    provider deepseek	id deepseek-v4-pro	context 1000000	max_output 393216	source https://api-docs.deepseek.com/quick_start/pricing	checked 2026-11-21	prices	input 0.66	cached 0.022	output 1.98	note 1.32 / 3.96 at 01:00-04:00 UTC, 06:00-10:00 UTC on some days: left out
    provider fireworks	id accounts/fireworks/models/deepseek-r1-0528	match deepseek-r1-0528	context 160000	max_output 160000	source https://fireworks.ai/pricing	checked 2026-11-21	prices	input 3	output 8
    provider fireworks	id accounts/fireworks/models/deepseek-v3-0324	match deepseek-v3-0324	context 160000	max_output 163840	source https://fireworks.ai/models/fireworks/deepseek-v3-0324	checked 2026-11-21	prices	input 0.90	output 0.90
    provider fireworks	id accounts/fireworks/models/deepseek-v3p2	match deepseek-v3p2	context 163840	max_output 163840	source https://fireworks.ai/models/fireworks/deepseek-v3p2	checked 2026-11-21	prices	input 0.56	cached 0.28	output 1.68
    provider fireworks	id accounts/fireworks/models/deepseek-v4p1-flash	match deepseek-v4p1-flash	context 1048576	max_output 393216	source https://docs.fireworks.ai/serverless/pricing	checked 2026-11-21	prices	input 0.30	cached 0.006	output 1.20
    provider fireworks	id accounts/fireworks/models/deepseek-v4p1-flash-1017	match deepseek-v4p1-flash-1017	context 1048576	max_output 393216	source https://api.fireworks.ai/v1/serverless/models?format=nested	checked 2026-11-21	prices	input 0.30	cached 0.006	output 1.20
    provider fireworks	id accounts/fireworks/models/ember-1	match ember-1	context 1048576	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 3	cached 0.30	output 15
    provider fireworks	id accounts/fireworks/models/glm-4p7	match glm-4p7	context 202752	max_output 202800	source https://fireworks.ai/models/fireworks/glm-4p7	checked 2026-11-21	prices	input 0.60	cached 0.30	output 2.20
    provider fireworks	id accounts/fireworks/models/glm-5p1	match glm-5p1	context 202752	max_output 131072	source https://docs.fireworks.ai/serverless/pricing	checked 2026-11-21	prices	input 1.40	cached 0.26	output 4.40
    provider fireworks	id accounts/fireworks/models/glm-5p3	match glm-5p3	context 1048576	max_output 128000	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 1.40	cached 0.26	output 4.40
    provider fireworks	id accounts/fireworks/models/glm-5p3-flash	match glm-5p3-flash	context 1048576	max_output 1048576	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 0.15	cached 0.03	output 0.50
    provider fireworks	id accounts/fireworks/models/gpt-oss-20b	match gpt-oss-20b	context 131072	max_output 32768	source https://docs.fireworks.ai/serverless/pricing	checked 2026-11-21	prices	input 0.07	cached 0.035	output 0.30
    provider fireworks	id accounts/fireworks/models/kimi-k2p5	match kimi-k2p5	context 262144	max_output 32768	source https://fireworks.ai/pricing	checked 2026-11-21	prices	input 0.60	cached 0.10	output 3
    provider fireworks	id accounts/fireworks/models/kimi-k3	match kimi-k3	context 1040000	max_output 131072	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 3	cached 0.30	output 15
    provider fireworks	id accounts/fireworks/models/llama4-maverick-instruct-basic	match llama4-maverick-instruct-basic	context 1000000	max_output 131072	source https://fireworks.ai/pricing	checked 2026-11-21	prices	input 0.22	output 0.88
    provider fireworks	id accounts/fireworks/models/minimax-m2p1	match minimax-m2p1	context 204800	max_output 204800	source https://fireworks.ai/models/fireworks/minimax-m2p1	checked 2026-11-21	prices	input 0.30	cached 0.03	output 1.20
    provider fireworks	id accounts/fireworks/models/minimax-m3	match minimax-m3	context 524288	max_output 512000	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 0.30	cached 0.06	output 1.20
    provider fireworks	id accounts/fireworks/models/muse-spark-open	match muse-spark-open	context 1048576	source https://docs.fireworks.ai/serverless/pricing	checked 2026-11-21	prices	input 1.25	cached 0.15	output 4.25
    provider fireworks	id accounts/fireworks/models/qwen3-235b-a22b	match qwen3-235b-a22b	context 128000	max_output 131072	source https://fireworks.ai/pricing	checked 2026-11-21	prices	input 0.22	output 0.88
    provider fireworks	id accounts/fireworks/models/qwen3p7-plus	match qwen3p7-plus	context 262144	max_output 65536	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 0.40	cached 0.08	output 1.60
    provider fireworks	id accounts/fireworks/models/qwen3p8-max	match qwen3p8-max	context 262144	source https://api.fireworks.ai/v1/serverless/models	checked 2026-11-21	prices	input 2	cached 0.25	output 6
    provider gemini	id gemini-2.5-flash	context 1048576	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.30	cached 0.03	output 2.50	audio_in 1	service batch	input 0.15	cached 0.03	output 1.25
    provider gemini	id gemini-2.5-flash-lite	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.10	cached 0.01	output 0.40	audio_in 0.30	service batch	input 0.05	cached 0.01	output 0.20
    provider gemini	id gemini-2.5-pro	context 1048576	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 1.25	cached 0.125	output 10	tier >200000	input 2.50	cached 0.25	output 15	service batch	input 0.625	cached 0.125	output 5	tier >200000	input 1.25	cached 0.25	output 7.50
    provider gemini	id gemini-3-flash-preview	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.50	cached 0.05	output 3	audio_in 1	service batch	input 0.25	cached 0.05	output 1.50
    provider gemini	id gemini-3.1-flash-lite	context 1000000	max_output 65536	retires 2027-05-07	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.25	cached 0.025	output 1.50	audio_in 0.50	service batch x0.5
    provider gemini	id gemini-3.1-pro-preview	context 1048576	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.20	output 12	tier >200000	input 4	cached 0.40	output 18	service batch	input 1	cached 0.20	output 6	tier >200000	input 2	cached 0.40	output 9
    provider gemini	id gemini-3.5-flash	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 1.50	cached 0.15	output 9
    provider gemini	id gemini-3.5-flash-lite	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.30	cached 0.03	output 2.50	service batch	input 0.15	cached 0.02	output 1.25
    provider gemini	id gemini-3.6-flash	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.75	cached 0.075	output 3.75	service batch x0.5
    provider gemini	id gemini-3.7-flash	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.75	cached 0.075	output 3.75
    provider gemini	id gemini-3.8-flash	context 1000000	max_output 65536	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.75	cached 0.075	output 3.75	service batch x0.5
    provider gemini	id gemini-4-argon	context 1048576	max_output 1048576	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.10	output 10	service batch x0.5
    provider gemini	id gemini-embedding-001	context 2048	retires 2028-05-14	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.15	output 0
    provider gemini	id gemini-embedding-2	context 8192	source https://ai.google.dev/gemini-api/docs/pricing	checked 2026-11-21	prices	input 0.20	output 0	audio_in 6.50	service batch x0.5
    provider groq	id openai/gpt-oss-120b	context 131072	max_output 65536	source https://console.groq.com/docs/models	checked 2026-11-21	prices	input 0.15	cached 0.075	output 0.60	service batch	input 0.075	cached 0.075	output 0.30
    provider groq	id openai/gpt-oss-20b	context 131072	max_output 65536	source https://console.groq.com/docs/models	checked 2026-11-21	prices	input 0.075	cached 0.0375	output 0.30	service batch	input 0.0375	cached 0.0375	output 0.15
    provider groq	id qwen/qwen3.8-27b	context 131072	max_output 16384	source https://console.groq.com/docs/model/qwen/qwen3.8-27b	checked 2026-11-21	prices	input 0.80	output 4
    provider holysheep	id claude-opus-4-20250514	match claude-4-opus claude-opus-4 claude-opus-4-0	source HolySheep article on GPU clouds	checked 2026-11-21	note an unconfirmed source gives 15.00 / 75.00
    provider holysheep	id claude-sonnet-4-20250514	match claude-4-sonnet claude-sonnet-4 claude-sonnet-4-0	context 200000	source HolySheep article on migration	checked 2026-11-21	prices	input 15.00	output 75.00
    provider holysheep	id claude-sonnet-4-5	match claude-sonnet-4.5	context 200000	source HolySheep article on Node.js	checked 2026-11-21	note an unconfirmed source gives 3.00 / 15.00
    provider holysheep	id deepseek-v3.2	match deepseek-chat deepseek-chat-v3-2 deepseek-chat-v3.2 deepseek-v3 deepseek-v3-2	context 64000	source HolySheep article on migration	checked 2026-11-21	prices	input 0.42	output 1.90
    provider holysheep	id gemini-2.5-flash	match gemini-2.5-flash-preview	context 1000000	source HolySheep article on migration	checked 2026-11-21	prices	input 2.50	output 10.00
    provider holysheep	id gpt-4.1	context 128000	source HolySheep article on migration	checked 2026-11-21	prices	input 8.00	output 32.00
    provider holysheep	id gpt-4o	context 128000	source HolySheep article on GPU clouds	checked 2026-11-21	note an unconfirmed source gives 2.50 / 10.00
    provider holysheep	id gpt-4o-mini	source HolySheep article on GPU clouds	checked 2026-11-21	note an unconfirmed source gives 0.15 / 0.60
    provider holysheep	id text-embedding-3-small	source HolySheep article on migration	checked 2026-11-21	note no price is published
    provider mistral	id codestral-2508	context 256000	max_output 128000	source https://docs.mistral.ai/models/model-cards/codestral-25-08	checked 2026-11-21	prices	input 0.30	cached 0.03	output 0.90	service batch x0.5
    provider mistral	id codestral-embed-2505	context 8000	source https://mistral.ai/pricing/api	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0
    provider mistral	id codestral-latest	context 256000	max_output 128000	source https://docs.mistral.ai/models/model-cards/codestral-25-08	checked 2026-11-21	prices	input 0.30	cached 0.03	output 0.90	service batch x0.5
    provider mistral	id ministral-14b-2512	context 262144	max_output 262144	source https://docs.mistral.ai/models/ministral-3-14b-25-12	checked 2026-11-21	prices	input 0.20	cached 0.02	output 0.20	service batch x0.5
    provider mistral	id ministral-3b-2512	context 131072	max_output 131072	source https://docs.mistral.ai/models/ministral-3-3b-25-12	checked 2026-11-21	prices	input 0.10	cached 0.01	output 0.10	service batch x0.5
    provider mistral	id ministral-8b-2512	context 262144	max_output 262144	source https://mistral.ai/pricing	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0.15	service batch x0.5
    provider mistral	id ministral-8b-latest	context 262144	max_output 262144	source https://mistral.ai/pricing	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0.15	service batch x0.5
    provider mistral	id mistral-embed	context 8192	source https://mistral.ai/pricing/api	checked 2026-11-21	prices	input 0.10	output 0	service batch x0.5
    provider mistral	id mistral-large-2512	context 262144	max_output 262144	source https://docs.mistral.ai/models/mistral-large-3-25-12	checked 2026-11-21	prices	input 0.50	cached 0.05	output 1.50	service batch x0.5
    provider mistral	id mistral-large-4	context 1048576	max_output 1048576	source https://docs.mistral.ai/models/mistral-large-4	checked 2026-11-21	note genai-prices has 0.70 / 2.10	prices	input 1.36	cached 0.14	output 4.18
    provider mistral	id mistral-large-latest	context 262144	max_output 262144	source https://docs.mistral.ai/models/mistral-large-3-25-12	checked 2026-11-21	note genai-prices has 2 / 6	prices	input 0.50	cached 0.05	output 1.50
    provider mistral	id mistral-medium	context 262144	max_output 262144	source https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04	checked 2026-11-21	note genai-prices has 0.40 / 2	prices	input 1.50	cached 0.15	output 7.50
    provider mistral	id mistral-medium-3-5	context 262144	max_output 262144	source https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04	checked 2026-11-21	prices	input 1.50	cached 0.15	output 7.50	service batch x0.5
    provider mistral	id mistral-medium-latest	context 262144	max_output 262144	source https://docs.mistral.ai/models/model-cards/mistral-medium-3-5-26-04	checked 2026-11-21	prices	input 1.50	cached 0.15	output 7.50	service batch x0.5
    provider mistral	id mistral-small-2603	context 262144	max_output 262144	source https://docs.mistral.ai/models/model-cards/mistral-small-4-0-26-03	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0.60	service batch x0.5
    provider mistral	id mistral-small-latest	context 262144	max_output 262144	source https://docs.mistral.ai/models/model-cards/mistral-small-4-0-26-03	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0.60	service batch x0.5
    provider mistral	id open-mistral-nemo	context 128000	max_output 128000	source https://mistral.ai/technology/	checked 2026-11-21	note genai-prices has 0.15 / 0.15	prices	input 0.30	cached 0.03	output 0.30
    provider mistral	id pixtral-large-latest	context 128000	max_output 128000	source https://mistral.ai/pricing/api	checked 2026-11-21	prices	input 2	cached 0.20	output 6
    provider openai	id chat-latest	context 400000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 5	cached 0.50	output 30
    provider openai	id gpt-4.1	context 1000000	max_output 32768	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.50	output 8	service priority x1.75	service batch	input 1	cached 0.50	output 4
    provider openai	id gpt-4.1-mini	context 1000000	max_output 32768	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.40	cached 0.10	output 1.60	service priority x1.75	service batch	input 0.20	cached 0.10	output 0.80
    provider openai	id gpt-4o	context 128000	max_output 16384	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2.50	cached 1.25	output 10	service priority x1.7	service batch	input 1.25	cached 1.25	output 5
    provider openai	id gpt-4o-2024-05-13	context 128000	max_output 4096	retires 2026-10-23	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 5	output 15
    provider openai	id gpt-4o-audio-preview-2024-12-17	match gpt-4o-audio-preview-2025-06-03	context 128000	max_output 16384	retires 2027-01-20	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2.50	output 10
    provider openai	id gpt-4o-mini	context 128000	max_output 16384	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.15	cached 0.075	output 0.60	service batch	input 0.075	cached 0.075	output 0.30	service priority	input 0.25	cached 0.125	output 1
    provider openai	id gpt-4o-mini-audio-preview-2024-12-17	context 128000	max_output 16384	retires 2027-01-20	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.15	output 0.60
    provider openai	id gpt-5	context 400000	max_output 128000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 1.25	cached 0.125	output 10	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5-mini	context 400000	max_output 128000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.25	cached 0.025	output 2	service batch x0.5	service flex x0.5	service priority x1.8
    provider openai	id gpt-5-nano	context 400000	max_output 128000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.05	cached 0.005	output 0.40	service batch x0.5	service flex x0.5
    provider openai	id gpt-5-pro	context 400000	max_output 272000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 15	output 120	service batch x0.5
    provider openai	id gpt-5.1	context 400000	max_output 128000	retires 2027-04-01	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 1.25	cached 0.125	output 10	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5.2	context 400000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 1.75	cached 0.175	output 14	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5.2-pro	context 400000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 21	output 168	service batch x0.5
    provider openai	id gpt-5.3-codex	context 400000	max_output 128000	retires 2027-04-01	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 1.75	cached 0.175	output 14	service priority x2
    provider openai	id gpt-5.4	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2.50	cached 0.25	output 15	tier >272000	input 5	cached 0.50	output 22.50	service batch	input 1.25	cached 0.13	output 7.50	tier >272000	input 2.50	cached 0.25	output 11.25	service flex	input 1.25	cached 0.13	output 7.50	tier >272000	input 2.50	cached 0.25	output 11.25	service priority	input 5	cached 0.50	output 30
    provider openai	id gpt-5.4-mini	context 400000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.75	cached 0.075	output 4.50	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5.4-nano	context 400000	max_output 128000	retires 2027-04-01	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.20	cached 0.02	output 1.25	service batch x0.5	service flex x0.5
    provider openai	id gpt-5.4-pro	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 30	output 180	tier >272000	input 60	output 270	service batch x0.5	service flex x0.5
    provider openai	id gpt-5.5	context 1000000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 5	cached 0.50	output 30	tier >272000	input 10	cached 1	output 45	service batch x0.5	service flex x0.5	service priority	input 12.50	cached 1.25	output 75
    provider openai	id gpt-5.5-pro	context 1000000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 30	output 180	tier >272000	input 60	output 270	service batch	input 15	output 90	service flex	input 15	output 90
    provider openai	id gpt-5.6-luna	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.20	cached 0.02	cache_write 0.25	output 1.20	tier >272000	input 0.40	cached 0.04	cache_write 0.50	output 1.80	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5.6-sol	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 4	cached 0.40	cache_write 5	output 20	tier >272000	input 8	cached 0.80	cache_write 10	output 30	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-5.6-terra	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.20	cache_write 2.50	output 12	tier >272000	input 4	cached 0.40	cache_write 5	output 18	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-6-astra	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 10	cached 1	cache_write 12.50	output 50	tier >272000	input 20	cached 2	cache_write 25	output 75	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-6-luna	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.10	cached 0.01	cache_write 0.125	output 0.50	tier >272000	input 0.20	cached 0.02	cache_write 0.25	output 0.75	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-6-sol	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.20	cache_write 2.50	output 10	tier >272000	input 4	cached 0.40	cache_write 5	output 15	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-6.1-sol	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.10	cache_write 2.50	output 10	tier >272000	input 4	cached 0.20	cache_write 5	output 15	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-6.1-terra	context 1050000	max_output 128000	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 1	cached 0.05	cache_write 1.25	output 5	tier >272000	input 2	cached 0.10	cache_write 2.50	output 7.50	service batch x0.5	service flex x0.5	service priority x2
    provider openai	id gpt-audio	context 128000	max_output 16384	retires 2027-01-20	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2.50	output 10	audio_in 32	audio_out 64
    provider openai	id gpt-audio-mini	context 128000	max_output 16384	retires 2027-01-20	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.60	output 2.40	audio_in 10	audio_out 20
    provider openai	id o3	context 200000	max_output 100000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 2	cached 0.50	output 8	service flex x0.5	service priority x1.75	service batch	input 1	cached 0.50	output 4
    provider openai	id o3-pro	context 200000	max_output 100000	retires 2026-12-11	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 20	output 80	service batch x0.5
    provider openai	id text-embedding-3-large	context 8192	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.13	output 0
    provider openai	id text-embedding-3-small	context 8192	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.02	output 0
    provider openai	id text-embedding-ada-002	context 8192	source https://developers.openai.com/api/docs/pricing	checked 2026-11-21	prices	input 0.10	output 0
    provider perplexity	id sonar	context 128000	max_output 128000	source https://docs.perplexity.ai/docs/getting-started/pricing	checked 2026-11-21	prices	input 1	output 1	request 0.012
    provider perplexity	id sonar-deep-research	context 128000	max_output 128000	source https://docs.perplexity.ai/docs/getting-started/pricing	checked 2026-11-21	prices	input 2	output 8	reasoning 3
    provider perplexity	id sonar-pro	context 200000	max_output 8000	source https://docs.perplexity.ai/docs/getting-started/pricing	checked 2026-11-21	prices	input 3	output 15	request 0.014
    provider perplexity	id sonar-reasoning	context 128000	max_output 128000	source https://docs.perplexity.ai/docs/getting-started/pricing	checked 2026-11-21	prices	input 1	output 5	request 0.012
    provider perplexity	id sonar-reasoning-pro	context 128000	max_output 128000	source https://docs.perplexity.ai/docs/getting-started/pricing	checked 2026-11-21	prices	input 2	output 8	request 0.014
    provider together	id MiniMaxAI/MiniMax-M3.1-Flash	context 1048576	max_output 1048576	source https://www.together.ai/pricing	checked 2026-11-21	prices	input 0.15	cached 0.015	output 0.60
    provider together	id Qwen/Qwen3.5-9B	context 262144	max_output 262144	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.17	output 0.25
    provider together	id Qwen/Qwen3.6-Plus	context 1000000	max_output 1000000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.50	output 3
    provider together	id Qwen/Qwen3.7-Max	context 1000000	max_output 1000000	source https://www.together.ai/pricing	checked 2026-11-21	note genai-prices has 2.50 / 7.50	prices	input 1.50	cached 0.30	output 4.50
    provider together	id Qwen/Qwen3.7-Plus	context 1000000	max_output 1000000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.32	output 1.28
    provider together	id Qwen/Qwen3.8-Flash	context 1000000	max_output 1000000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.15	output 0.47
    provider together	id deepseek-ai/DeepSeek-V4-Pro-0813	context 1048576	max_output 1048576	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 1.32	cached 0.13	output 3.96
    provider together	id deepseek-ai/DeepSeek-V4.1-Flash	context 1000000	max_output 1048576	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.30	cached 0.006	output 1.20
    provider together	id meta-models/Muse-Glimmer-30B	context 131072	max_output 131072	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.35	cached 0.04	output 1.50
    provider together	id meta-models/Muse-Spark-Open-816B-A42B	context 1048576	max_output 1048576	source https://docs.together.ai/docs/serverless-models	checked 2026-11-21	prices	input 1.25	cached 0.15	output 4.25
    provider together	id moonshotai/Kimi-K3	context 1048576	max_output 1048576	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 3	cached 0.30	output 15
    provider together	id nvidia/NVIDIA-Nemotron-3.5-Super-VL	context 262144	max_output 262144	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.15	cached 0.02	output 0.50
    provider together	id openai/gpt-oss-120b	context 131072	max_output 131072	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.15	output 0.60
    provider together	id reflection/Beam-1.0-501B-A23B	context 1048576	max_output 1048576	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.40	cached 0.04	output 1.20
    provider together	id zai-org/GLM-5.2	context 1048575	max_output 128000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 1.40	cached 0.26	output 4.40
    provider together	id zai-org/GLM-5.3	context 1048575	max_output 128000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 1.40	cached 0.26	output 4.40
    provider together	id zai-org/GLM-5.3-Flash	context 1048575	max_output 128000	source https://api.together.ai/v1/models	checked 2026-11-21	prices	input 0.15	cached 0.03	output 0.50
    provider xai	id grok-4.20	context 1000000	max_output 1000000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 1.25	cached 0.20	output 2.50	tier >=200000	input 2.50	cached 0.40	output 5	service batch x0.8
    provider xai	id grok-4.20-multi-agent-0309	context 1000000	max_output 1000000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 1.25	cached 0.20	output 2.50	tier >=200000	input 2.50	cached 0.40	output 5	service batch x0.8
    provider xai	id grok-4.3	context 1000000	max_output 1000000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 1.25	cached 0.20	output 2.50	tier >=200000	input 2.50	cached 0.40	output 5	service batch x0.8
    provider xai	id grok-4.5	context 500000	max_output 500000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 2	cached 0.30	output 6	tier >=200000	input 4	cached 0.60	output 12
    provider xai	id grok-4.6	context 500000	max_output 500000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 2	cached 0.50	output 6	tier >=200000	input 4	cached 1	output 12
    provider xai	id grok-4.7	context 500000	max_output 500000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 2	cached 0.50	output 6	tier >=200000	input 4	cached 1	output 12
    provider xai	id grok-build-0.1	context 256000	max_output 256000	source https://api.x.ai/v1/language-models	checked 2026-11-21	prices	input 1	cached 0.20	output 2	tier >=200000	input 2	cached 0.40	output 4
    provider xai	id grok-code-fast	context 256000	max_output 256000	source https://api.x.ai/v1/language-models	checked 2026-11-21	note genai-prices has 0.20 / 1.50	prices	input 1	cached 0.20	output 2	tier >=200000	input 2	cached 0.40	output 4
    """#
  }
}
