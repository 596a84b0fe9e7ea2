"""Reading files: one reader a format; each row is a redacted `Document` or a remark why not."""
