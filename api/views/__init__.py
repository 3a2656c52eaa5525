"""Facts of the core turned into what the API answers, many at once and without a query for each."""
