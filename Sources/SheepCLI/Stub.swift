// The command line: filled in by the option tables.
