"""Systems without an adapter: the host name and the system's name are all that is claimed."""

import platform
import socket

from app.contracts.enrolment import MachineFacts
from app.system.machine import hashed_id


class NullMachine:
    def facts(self) -> MachineFacts:
        host = socket.gethostname()
        return MachineFacts(machine_id=hashed_id(host), host_name=host, os=f"{platform.system()} {platform.release()}")
