"""What every request passes before it reaches the API or a page: who asks, what they may do, and how much."""
