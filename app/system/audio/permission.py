"""Whether this person's settings let programs use the microphone."""

import sys

CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone"


def microphone_refused() -> bool:
    """True only where the system says so. Windows delivers silence or nothing instead of an error; its settings are in the registry."""
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            for path in (CONSENT, rf"{CONSENT}\NonPackaged"):
                try:
                    with winreg.OpenKey(root, path) as key:
                        value, _kind = winreg.QueryValueEx(key, "Value")
                except OSError:
                    continue
                if value == "Deny":
                    return True
        return False
    if sys.platform == "darwin":
        from PySide6.QtCore import QCoreApplication, QMicrophonePermission, Qt

        app = QCoreApplication.instance()
        return app is not None and app.checkPermission(QMicrophonePermission()) is Qt.PermissionStatus.Denied
    return False
