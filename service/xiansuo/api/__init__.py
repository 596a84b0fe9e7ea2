"""The HTTP interface under `/api/v1`: thin; each endpoint asks the desk once."""
