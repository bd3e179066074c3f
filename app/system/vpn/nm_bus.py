"""NetworkManager over D-Bus: calls with a time limit, signals, and the agent it asks for secrets."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusFastError

from app.core.errors import TunnelError

NAME = "org.freedesktop.NetworkManager"
PATH = "/org/freedesktop/NetworkManager"
AGENT_PATH = "/org/freedesktop/NetworkManager/SecretAgent"
_AGENT = f"{NAME}.SecretAgent"
_LIMIT_S = 5.0
_WANTED_AGAIN = 0x2  # NM_SECRET_AGENT_GET_SECRETS_FLAG_REQUEST_NEW
_VPN_HINTS = 1

Give = Callable[[bool, list[str]], Awaitable[dict[str, str] | None]]
"""`give(again, hints)`: the secrets, or None where the person gave up. `again`: the last ones were refused."""


class NmBus:
    """A connection to the system bus. Errors of every call: TunnelError `vpn.service_stopped` or `vpn.no_rights` or `vpn.client_failed`."""

    def __init__(self, address: str = "") -> None:
        self._address = address
        self._bus: MessageBus | None = None
        self._give: Give | None = None
        self._connection = ""
        self._asking: dict[str, asyncio.Task[None]] = {}
        self.signals: asyncio.Queue[Message] = asyncio.Queue(1000)

    async def open(self) -> None:
        try:
            bus = MessageBus(bus_address=self._address or None, bus_type=BusType.SYSTEM)
            async with asyncio.timeout(_LIMIT_S):
                self._bus = await bus.connect()
        except (OSError, TimeoutError, DBusFastError) as error:
            raise TunnelError("vpn.not_installed", missing="NetworkManager", error=f"no system bus: {error}") from error
        self._bus.add_message_handler(self._message)

    def close(self) -> None:
        for task in self._asking.values():
            task.cancel()
        if self._bus is not None:
            self._bus.disconnect()
            self._bus = None

    async def call(self, path: str, interface: str, member: str, signature: str = "", *body: Any, name: str = NAME) -> list[Any]:
        if self._bus is None:
            raise TunnelError("vpn.client_failed", error="the bus is closed")
        message = Message(destination=name, path=path, interface=interface, member=member, signature=signature, body=list(body))
        try:
            async with asyncio.timeout(_LIMIT_S):
                reply = await self._bus.call(message)
        except (TimeoutError, OSError, EOFError) as error:
            raise TunnelError("vpn.service_stopped", service="NetworkManager", error=f"{member}: no answer") from error
        if reply is None or reply.message_type is MessageType.ERROR:
            raise _refusal(member, reply)
        return list(reply.body)

    async def property(self, path: str, interface: str, member: str) -> Any:
        [value] = await self.call(path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, member)
        return plain(value)

    async def listen(self, path: str) -> None:
        """Signals of that object come to `signals`."""
        rule = f"type='signal',sender='{NAME}',path='{path}'"
        await self.call("/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch", "s", rule, name="org.freedesktop.DBus")

    async def offer_secrets(self, connection: str, give: Give) -> None:
        """Answer NetworkManager's questions about the connection of that uuid, and about no other."""
        self._connection, self._give = connection, give
        manager = f"{PATH}/AgentManager"
        await self.call(manager, f"{NAME}.AgentManager", "RegisterWithCapabilities", "su", "ma.marhaba.agent", _VPN_HINTS)

    def _message(self, message: Message) -> Message | bool | None:
        if message.message_type is MessageType.SIGNAL:
            with contextlib.suppress(asyncio.QueueFull):
                self.signals.put_nowait(message)
            return None
        if message.message_type is not MessageType.METHOD_CALL or message.interface != _AGENT or message.path != AGENT_PATH:
            return None
        match message.member, message.body:
            case "GetSecrets", [dict(connection), str(path), str(setting), list(hints), int(flags)]:
                if self._give is None or plain(connection.get("connection", {}).get("uuid")) != self._connection:
                    return Message.new_error(message, f"{_AGENT}.NoSecrets", "not ours")
                again = bool(flags & _WANTED_AGAIN)
                task = asyncio.get_running_loop().create_task(self._answer(message, setting, again, [str(hint) for hint in hints]))
                self._asking[f"{path} {setting}"] = task
                return True
            case "CancelGetSecrets", [str(path), str(setting)]:
                if (asked := self._asking.pop(f"{path} {setting}", None)) is not None:
                    asked.cancel()
                return Message.new_method_return(message)
            case (("SaveSecrets" | "DeleteSecrets"), _):
                return Message.new_method_return(message)  # nothing is kept here
        return None

    async def _answer(self, message: Message, setting: str, again: bool, hints: list[str]) -> None:
        give = self._give
        secrets = await give(again, hints) if give is not None else None
        if self._bus is None:
            return
        if secrets is None:
            await self._bus.send(Message.new_error(message, f"{_AGENT}.UserCanceled", "given up"))
            return
        body = {setting: {"secrets": Variant("a{ss}", secrets)}}
        await self._bus.send(Message.new_method_return(message, "a{sa{sv}}", [body]))


def plain(value: Any) -> Any:
    """Variants taken off."""
    if isinstance(value, Variant):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def _refusal(member: str, reply: Message | None) -> TunnelError:
    name = (reply.error_name if reply is not None else "") or ""
    text = str(reply.body[0])[:200] if reply is not None and reply.body else name
    if name.endswith(("ServiceUnknown", "NameHasNoOwner", "Spawn.ServiceNotFound")):
        return TunnelError("vpn.service_stopped", service="NetworkManager", error=text)
    if name.endswith(("PermissionDenied", "AccessDenied", "NotAuthorized")):
        return TunnelError("vpn.no_rights", needed=member, error=text)
    if name.endswith(("MissingPlugin", "MissingDependencies")):
        return TunnelError("vpn.not_installed", missing="NetworkManager plug-in", error=text)
    if name.endswith(("InvalidConnection", "InvalidProperty", "InvalidSetting", "MissingProperty", "MissingSetting")):
        return TunnelError("vpn.profile_broken", line=0, error=text)
    if "source connection" in text:
        return TunnelError("vpn.unreachable", reason="route", error=text)
    return TunnelError("vpn.client_failed", error=f"{member}: {text}")
