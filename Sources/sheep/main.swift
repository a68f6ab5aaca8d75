print("sheep")
