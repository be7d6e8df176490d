"""The mapping file: what it may say, how it is checked, and which source a file is recognised as."""
