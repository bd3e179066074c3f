import platform
import re
import socket
from pathlib import Path

import pytest

from app.system import detect
from app.system.machine import hashed_id
from app.system.machine.linux import LinuxMachine
from app.system.machine.null import NullMachine

DMI = "sys/class/dmi/id"
ID = "0123456789abcdef0123456789abcdef"


def lay(root: Path, **files: str | bytes) -> LinuxMachine:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return LinuxMachine(root)


def test_a_whole_pc(tmp_path: Path) -> None:
    facts = lay(
        tmp_path,
        **{
            "etc/machine-id": ID + "\n",
            f"{DMI}/product_serial": "5CD1234XYZ\n",
            f"{DMI}/sys_vendor": "HP\n",
            f"{DMI}/product_name": "ProBook 440 G9\n",
            "etc/os-release": 'NAME="Ubuntu"\nPRETTY_NAME="Ubuntu 24.04.1 LTS"\n',
        },
    ).facts()
    assert (facts.serial, facts.model, facts.os) == ("5CD1234XYZ", "HP ProBook 440 G9", "Ubuntu 24.04.1 LTS")
    assert facts.host_name == socket.gethostname()


def test_the_machine_id_leaves_the_pc_as_a_hash_only(tmp_path: Path) -> None:
    facts = lay(tmp_path, **{"etc/machine-id": ID}).facts()
    assert re.fullmatch("[0-9a-f]{32}", facts.machine_id)
    assert ID not in repr(facts)
    assert facts.machine_id == hashed_id(f" {ID}\n") != hashed_id(ID[:-1] + "0")
    assert hashed_id(" \n") == ""


def test_an_empty_pc_says_nothing_and_raises_nothing(tmp_path: Path) -> None:
    facts = LinuxMachine(tmp_path / "nowhere").facts()
    assert (facts.machine_id, facts.serial, facts.model) == ("", "", "")
    assert facts.os == f"{platform.system()} {platform.release()}"


def test_the_older_place_of_the_machine_id_is_read_too(tmp_path: Path) -> None:
    machine = lay(tmp_path, **{"etc/machine-id": "\n", "var/lib/dbus/machine-id": ID})
    assert machine.facts().machine_id == hashed_id(ID)


def test_an_image_that_was_never_booted_has_no_id_of_its_own(tmp_path: Path) -> None:
    """systemd's word for it; every PC laid from that image would count as one."""
    assert lay(tmp_path, **{"etc/machine-id": "uninitialized\n"}).facts().machine_id == ""


@pytest.mark.parametrize(
    "placeholder", ["", "None", "To Be Filled By O.E.M.", "Default string", "System Serial Number", "0", "Not Specified"]
)
def test_what_makers_write_where_a_serial_should_be_is_none(tmp_path: Path, placeholder: str) -> None:
    machine = lay(tmp_path, **{f"{DMI}/product_serial": placeholder + "\n", f"{DMI}/chassis_serial": "CH42\n"})
    assert machine.facts().serial == "CH42"


def test_a_model_nobody_filled_in_is_none(tmp_path: Path) -> None:
    machine = lay(tmp_path, **{f"{DMI}/sys_vendor": "System manufacturer", f"{DMI}/product_name": "System Product Name"})
    assert machine.facts().model == ""


def test_bytes_that_are_no_text_and_directories_do_not_stop_it(tmp_path: Path) -> None:
    machine = lay(tmp_path, **{f"{DMI}/product_serial": b"\xff\xfeA1", f"{DMI}/sys_vendor/x": "", "etc/os-release": b"\xff\n"})
    facts = machine.facts()
    assert facts.serial.endswith("A1")
    assert facts.model == ""
    assert facts.os.startswith(platform.system())


@pytest.mark.parametrize("value", ['"Debian GNU/Linux 12"', "'Debian GNU/Linux 12'", "Debian GNU/Linux 12"])
def test_os_release_is_quoted_in_three_ways(tmp_path: Path, value: str) -> None:
    assert lay(tmp_path, **{"usr/lib/os-release": f"ID=debian\nPRETTY_NAME={value}\n"}).facts().os == "Debian GNU/Linux 12"


def test_a_file_without_end_is_not_kept_whole(tmp_path: Path) -> None:
    assert len(lay(tmp_path, **{f"{DMI}/product_serial": "A" * 100_000}).facts().serial) == 4000


def test_a_system_without_an_adapter_claims_little() -> None:
    facts = NullMachine().facts()
    assert facts.machine_id == hashed_id(socket.gethostname())
    assert (facts.serial, facts.model) == ("", "")


def test_this_system_has_an_adapter() -> None:
    machine = detect.machine()
    assert isinstance(machine, LinuxMachine if platform.system() == "Linux" else object)
    assert machine.facts().host_name == socket.gethostname()
