"""The API's objects: one file per noun, the words of the scheme."""
