"""The parts of the reader of Chinese opening hours: words, tokens, clock, phrases, rules, OSM syntax."""
