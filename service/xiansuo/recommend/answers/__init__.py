"""What a reply settles, what it promises, and what it leaves open."""
