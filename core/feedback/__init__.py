"""What customers say of us: praise, complaints, grievances, return visits, their own verdict."""
