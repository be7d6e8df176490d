"""Source rows become records of the standard, field by field, as a mapping says."""
