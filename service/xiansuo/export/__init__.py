"""Files to print and to pass on: reports as Word and web page, topics as page and pictures."""
