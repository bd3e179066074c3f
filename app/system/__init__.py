"""The machine, behind core's ports: one folder a capability, one adapter a system, a Null where there is none."""
