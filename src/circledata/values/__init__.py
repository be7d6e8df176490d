"""Pure functions on single values: identifiers, dates, numbers, opening hours, coordinates."""
