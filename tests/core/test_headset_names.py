"""What the name of a sound device tells: names as Windows, Linux and macOS write them."""

import pytest

from app.core.headset import Connection, Device, Form, best, connection_of, form_of, is_hands_free, matches, model_of

USB, JACK, BLUETOOTH, INTERNAL, UNKNOWN = Connection.USB, Connection.JACK, Connection.BLUETOOTH, Connection.INTERNAL, Connection.UNKNOWN


@pytest.mark.parametrize(
    ("name", "key", "form", "connection", "model"),
    [
        ("Headset Microphone (Jabra Evolve2 40)", "{0.0.1.00000000}.{1}", Form.HEADSET, USB, "Jabra Evolve2 40"),
        ("Headset Earphone (2- Plantronics Blackwire 3220 Series)", "", Form.HEADSET, USB, "Plantronics Blackwire 3220 Series"),
        ("Jabra Evolve2 40 (virtual)", "alsa_output.usb-x", Form.HEADSET, USB, "Jabra Evolve2 40 (virtual)"),
        ("Jabra Evolve2 40 (virtual) Microphone", "alsa_input.usb-x", Form.HEADSET, USB, "Jabra Evolve2 40 (virtual)"),
        ("Casque (Jabra EVOLVE 20 MS)", "", Form.HEADSET, USB, "Jabra EVOLVE 20 MS"),
        ("Microphone (Logitech USB Headset)", "", Form.HEADSET, USB, "Logitech USB"),
        ("Headset (WH-1000XM4 Hands-Free AG Audio)", "", Form.HEADSET, BLUETOOTH, "WH-1000XM4"),
        ("Headphones (WH-1000XM4 Stereo)", "", Form.HEADSET, BLUETOOTH, "WH-1000XM4"),
        ("Jabra Evolve2 65", "bluez_sink.70_BF.handsfree_head_unit", Form.HEADSET, BLUETOOTH, "Jabra Evolve2 65"),
        ("Jabra EVOLVE 30 II Mono", "alsa_input.usb-0b0e_Jabra_EVOLVE-00.mono-fallback", Form.HEADSET, USB, "Jabra EVOLVE 30 II"),
        ("Microphone Array (Realtek(R) Audio)", "", Form.BUILT_IN, INTERNAL, "Realtek(R) Audio"),
        ("Réseau de microphones (Technologie Intel® Smart Sound)", "", Form.BUILT_IN, INTERNAL, "Technologie Intel® Smart Sound"),
        ("Speakers (Realtek High Definition Audio)", "", Form.SPEAKERS, INTERNAL, "Realtek High Definition Audio"),
        ("Haut-parleurs (Realtek(R) Audio)", "", Form.SPEAKERS, INTERNAL, "Realtek(R) Audio"),
        ("Headphones (Realtek(R) Audio)", "", Form.HEADSET, JACK, "Realtek(R) Audio"),
        ("Built-in Audio Analog Stereo", "alsa_input.pci-0000_00_1f.3.analog-stereo", Form.BUILT_IN, INTERNAL, "Built-in Audio"),
        ("MacBook Pro Microphone", "", Form.OTHER, UNKNOWN, "MacBook Pro"),
        ("HDMI Output", "", Form.SPEAKERS, UNKNOWN, "HDMI Output"),
        ("USB Headset Microphone", "headset_mic", Form.HEADSET, USB, "USB"),
        ("سماعة الرأس (USB Audio)", "", Form.HEADSET, USB, "USB Audio"),
    ],
)
def test_form_connection_and_model(name: str, key: str, form: Form, connection: Connection, model: str) -> None:
    assert (form_of(name, key), connection_of(name, key), model_of(name)) == (form, connection, model)


def test_the_telephone_side_of_bluetooth_is_known() -> None:
    assert is_hands_free("Headset (WH-1000XM4 Hands-Free AG Audio)")
    assert is_hands_free("Jabra", "bluez_source.70_BF.handsfree_head_unit")
    assert not is_hands_free("Headphones (WH-1000XM4 Stereo)")
    assert is_hands_free("Headset (Jabra)", "{0.0.1}.{2} bluetooth hands-free")


@pytest.mark.parametrize(
    ("model", "name", "same"),
    [
        ("Jabra Evolve2 40", "Headset Microphone (Jabra Evolve2 40)", True),
        ("Jabra Evolve2 40", "Jabra EVOLVE2 40 MS Mono", True),
        ("Jabra Evolve2 40", "Jabra EVOLVE 2 40", True),
        ("Jabra Evolve2 40", "Jabra Evolve2 65", False),
        ("Jabra Evolve2 40", "USB Audio Device", False),
        ("Plantronics Blackwire 3220", "Headset Earphone (2- Plantronics Blackwire 3220 Series)", True),
        ("", "USB Audio Device", False),
    ],
)
def test_the_kits_model_is_found_in_a_devices_name(model: str, name: str, same: bool) -> None:
    assert matches(model, name) is same


def device(name: str, default: bool = False) -> Device:
    return Device(name, name, form_of(name), connection_of(name), default, hands_free=is_hands_free(name))


def test_the_kits_headset_comes_before_any_headset_before_the_default() -> None:
    built_in, other = device("Microphone Array (Realtek(R) Audio)", True), device("Headset Microphone (Plantronics Blackwire 3220)")
    kit = device("Headset Microphone (Jabra Evolve2 40)")
    assert best([]) is None
    assert best([built_in]) is built_in
    assert best([built_in, other]) is other
    assert best([built_in, other, kit], "Jabra Evolve2 40") is kit
    assert best([built_in, kit, other], "unknown model") in (kit, other)


def test_the_ear_piece_goes_with_the_microphone_and_music_is_no_telephone() -> None:
    microphone = device("Headset Microphone (Plantronics Blackwire 3220)")
    ears = [device("Headset Earphone (Jabra Evolve2 40)", True), device("Headset Earphone (Plantronics Blackwire 3220)")]
    assert best(ears, "", microphone) is ears[1]
    free, music = device("Headset (WH-1000XM4 Hands-Free AG Audio)"), device("Headphones (WH-1000XM4 Stereo)")
    assert best([free, music]) is music
