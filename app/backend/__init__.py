"""The IT service: pairs PCs with agents, stores what wizards report exactly once, and shows it to the helpdesk.

It meets the wizard in `app.contracts` only.
"""
