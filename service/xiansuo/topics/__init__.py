"""Topics: which texts are about one matter, what to call it, and how hot it is. Pure functions, no database."""
