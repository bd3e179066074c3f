"""Verifying a signed addendum, for anybody who was handed one: a page and an API, open to all, bounded."""
