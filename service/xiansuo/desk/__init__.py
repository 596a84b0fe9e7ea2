"""The use cases, one module each: the only place where the stages meet."""
