"""A practice gateway: a real OpenVPN server with names and applications behind it, for the demo and for tests.

What is proved against it is real work of the real client, but the company is not there: its evidence is marked simulated.
"""
