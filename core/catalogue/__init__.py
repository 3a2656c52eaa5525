"""The catalogue of categories (问题类别): what each kind of problem asks of whom (五.1(2))."""
