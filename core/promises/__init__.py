"""The promise ledger (承诺台账): what customers were promised, until when, and who called back."""
