"""Topics: which texts are about one matter, what to call it, how hot it is; no database."""
