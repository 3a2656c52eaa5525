"""The parts of a gateway and how each is started; the supervisor decides when."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from core.facts.device import DeviceCode
from gateway import camera_parts
from gateway.adapter import Adapter
from gateway.centre import Centre
from gateway.fire_phone import gb_adapter, scan
from gateway.heartbeat import Heartbeat
from gateway.inbox import Inbox
from gateway.intake import Cable, Intake
from gateway.links.broker import Broker, BrokerChild
from gateway.links.gb26875 import Gb26875Link
from gateway.links.http import HttpLink
from gateway.links.modbus import ModbusLink
from gateway.links.mqtt import MqttLink
from gateway.picture_line import PictureLine
from gateway.routing import Routes
from gateway.settings import Settings
from gateway.spool import KEPT, Spool
from gateway.uplink import Uplink
from gateway.worker import Worker

Work = Callable[[threading.Event], None]


class NotYet(Exception):
    """A part that another one waits for is not there."""


class Running(Protocol):
    """A part that was started."""

    @property
    def ended(self) -> str | None:
        """Why it must not be started again, if so."""
        ...

    def alive(self, now: datetime) -> bool:
        """Whether it shows progress."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class Parts:
    """One gateway's parts, wired together. Only the supervisor's thread starts them."""

    #: Nothing new comes in, what is in hand is kept and acknowledged, then the lines end.
    stop_order = (
        *("http", "gb26875", "modbus", "alerts", "wants", "lanes", "comparing", "watch"),
        *("intake", "mqtt", "pictures", "uplink", "heartbeat", "broker"),
    )

    def __init__(
        self,
        settings: Settings,
        *,
        spool: Spool,
        clock: Callable[[], datetime],
        guarded: Callable[[str, Adapter], Adapter],
        guard: Callable[[str, Work, Callable[[], None], threading.Event], None],
    ) -> None:
        """Wire what ``settings`` ask for; adapters and threads run guarded."""
        self._settings = settings
        self._spool = spool
        self._clock = clock
        self._guarded = guarded
        self._guard = guard
        self.inbox = Inbox()
        self.broker: Broker | None = None
        self._address = settings.broker
        self._routes = Routes(settings.adapters())
        self._intake: Intake | None = None
        self._cables: dict[str, Cable] = {}
        self._cameras: camera_parts.Kept | None = None

    @property
    def http_port(self) -> int | None:
        """The port on which devices may post, where there is one."""
        http = self._cables.get("http")
        return http.port if isinstance(http, HttpLink) else None

    def planned(self) -> list[tuple[str, Callable[[], Running]]]:
        """Return the parts that are needed, in the order of their start, and how to start each."""
        settings = self._settings
        topics = self._broker_topics()
        plan: list[tuple[str, Callable[[], Running]]] = [("intake", self._start_intake)]
        if topics and settings.broker is None:
            plan.append(("broker", self._start_broker))
        if topics:
            plan.append(("mqtt", self._start_mqtt))
        if settings.http is not None:
            plan.append(("http", partial(self._start_http, settings.http)))
        if settings.gb26875 is not None:
            plan.append(("gb26875", partial(self._start_gb26875, settings.gb26875)))
        if settings.lines:
            plan.append(("modbus", self._start_modbus))
        if settings.cameras is not None:
            plan += camera_parts.planned(
                settings.cameras,
                data=settings.data,
                events=self._spool,
                line=self._picture_line,
                clock=self._clock,
                inbox=self.inbox,
                worker=self._worker,
                made=self._keep_cameras,
            )
        return [*plan, ("uplink", self._start_uplink), ("heartbeat", self._start_heartbeat)]

    def _start_intake(self) -> Running:
        """Start the writer with fresh adapters: what the last ones had read may not be kept."""
        self.inbox.let_go()  # before the cables break off: what comes after that comes once
        for cable in self._cables.values():
            cable.drop()
        made = self._settings.adapters()
        adapters = {name: self._guarded(name, adapter) for name, adapter in made.items()}
        remembered = self._spool.recent(self._clock() - KEPT)
        for name, adapter in adapters.items():
            adapter.resume(self._settings.remembered_by(name, remembered))
        intake = self._intake = Intake(
            inbox=self.inbox,
            routes=Routes(adapters),
            spool=self._spool,
            cables=lambda: tuple(self._cables.values()),
            clock=self._clock,
        )
        return self._worker("intake", intake.run, wake=self.inbox.wake)

    def _start_broker(self) -> Running:
        child = BrokerChild(self._settings.data / "broker", port=self._settings.broker_port)
        self.broker = child.start()
        if self._address not in {None, self.broker.gateway}:
            self._stop_mqtt()  # it knows only the old address; it will be started anew
        self._address = self.broker.gateway
        return child

    def _stop_mqtt(self) -> None:
        link = self._cables.get("mqtt")
        if link is not None:
            link.stop()

    def _start_mqtt(self) -> Running:
        if self._address is None:
            raise NotYet("there is no broker yet")
        link = MqttLink(
            broker=self._address,
            client_id=f"shouwen-gateway-{self._settings.name}",
            topics=self._broker_topics(),
            clock=self._clock,
            has_room=self.inbox.has_room,
            note=self.inbox.note,
        )
        link.start(self.inbox.put)
        self._cables["mqtt"] = link
        return link

    def _start_http(self, address: tuple[str, int]) -> Running:
        link = HttpLink(
            address=address,
            clock=self._clock,
            has_room=self.inbox.has_room,
            owns=self._routes.owns,
            secret=self._settings.http_secret,
        )
        link.start(self.inbox.put)
        self._cables["http"] = link
        return link

    def _broker_topics(self) -> tuple[str, ...]:
        """Return what comes over a broker; polled and connected devices have lines of their own."""
        own = (f"{scan.PREFIX}/", f"{gb_adapter.PREFIX}/")
        return tuple(one for one in self._routes.topics if not one.startswith(own))

    def _start_modbus(self) -> Running:
        link = ModbusLink(
            lines=self._settings.lines,
            clock=self._clock,
            has_room=self.inbox.has_room,
            note=self.inbox.note,
        )
        link.start(self.inbox.put)
        self._cables["modbus"] = link
        return link

    def _start_gb26875(self, address: tuple[str, int]) -> Running:
        link = Gb26875Link(
            address=address,
            clock=self._clock,
            has_room=self.inbox.has_room,
            note=self.inbox.note,
        )
        link.start(self.inbox.put)
        self._cables["gb26875"] = link
        return link

    def _start_uplink(self) -> Running:
        centre = self._centre()
        uplink = Uplink(spool=self._spool, centre=centre, clock=self._clock)
        return self._worker("uplink", uplink.run, wake=self._wake_uplink, ends=centre.close)

    def _start_heartbeat(self) -> Running:
        centre = self._centre()
        heartbeat = Heartbeat(
            gateway=self._settings.name,
            spool=self._spool,
            centre=centre,
            heard=self._heard,
            silent=lambda: self._intake.silent() if self._intake else {},
        )
        return self._worker("heartbeat", heartbeat.run, wake=lambda: None, ends=centre.close)

    def close(self) -> None:
        """Let go of what outlives its parts."""
        if self._cameras is not None:
            self._cameras.close()

    def _keep_cameras(self, cameras: camera_parts.Kept) -> None:
        self._cameras = cameras

    def _heard(self) -> Mapping[DeviceCode, datetime]:
        """Return when each device last said anything, or showed anything."""
        heard = dict(self._intake.heard()) if self._intake else {}
        return {**heard, **self._cameras.heard()} if self._cameras else heard

    def _picture_line(self) -> PictureLine:
        return PictureLine(url=self._settings.centre_url, token=self._settings.token)

    def _centre(self) -> Centre:
        return Centre(url=self._settings.centre_url, token=self._settings.token)

    def _wake_uplink(self) -> None:
        with self._spool.news:
            self._spool.news.notify_all()

    def _worker(
        self,
        name: str,
        run: Work,
        *,
        wake: Callable[[], None],
        ends: Callable[[], None] = lambda: None,
        patience: float = 1.0,
    ) -> Worker:
        guarded = partial(self._guard, name, run, ends)
        return Worker(name, guarded, wake=wake, patience=patience)
