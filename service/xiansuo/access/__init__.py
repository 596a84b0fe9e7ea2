"""Who may do what: passwords, tokens, waiting after wrong guesses, and the chain of the audit trail."""
