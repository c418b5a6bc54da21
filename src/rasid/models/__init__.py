"""Model files: ONNX networks, their vocabulary, and the fitted weights of the actor tables. Made by ``training/``."""
