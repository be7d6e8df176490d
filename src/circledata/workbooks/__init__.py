"""What happens inside somebody's spreadsheet: the template to fill in, the file that comes back marked, the repair."""
