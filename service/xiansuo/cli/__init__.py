"""The command line: thin; each command asks the desk once and prints what it says."""
