"""Tables that an office brings and takes home: read as text, tried first, done whole or not."""
