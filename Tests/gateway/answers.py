"""What the provider behind the gateway says."""

ENGLISH = "The quick brown sheep jumps over the lazy dog, twice."
KOREAN = "안녕하세요, 양 떼가 푸른 언덕을 넘어갑니다 🐑 — 가격은 8.00달러입니다."
LONG = " ".join(f"word{index}" for index in range(400))
PROMPT_TOKENS = 1000
COMPLETION_TOKENS = 200
ARGUMENTS = ['{"city":', ' "서울",', ' "unit": "celsius"}']
