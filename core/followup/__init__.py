"""The daily check (每日跟踪): each owner says every day how his open issues stand (五.1(3)①④)."""
