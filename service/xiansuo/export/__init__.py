"""Reports as files to print and to pass on: Word and one self-contained web page."""
