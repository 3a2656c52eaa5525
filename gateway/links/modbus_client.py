"""One connection to Modbus hosts through pymodbus: it reads, and each answer is looked at twice.

An answer that comes too late would satisfy the next request (the same socket, sometimes the same
transaction number), so after a timeout the connection is never used again.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from pymodbus import FramerType, ModbusException
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.framer import FramerRTU
from pymodbus.pdu import ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import ReadCoilsRequest, ReadDiscreteInputsRequest
from pymodbus.pdu.register_message import ReadHoldingRegistersRequest, ReadInputRegistersRequest

from gateway.fire_phone.address import Address
from gateway.fire_phone.scan import Failed, Failure, Table
from gateway.links.modbus_answers import teach
from gateway.links.modbus_rtu import AnswerFramer
from gateway.links.modbus_turnstile import Turnstile

#: The only requests there are.
_REQUESTS: Mapping[Table, type[ModbusPDU]] = {
    Table.COIL: ReadCoilsRequest,
    Table.DISCRETE: ReadDiscreteInputsRequest,
    Table.HOLDING: ReadHoldingRegistersRequest,
    Table.INPUT: ReadInputRegistersRequest,
}
# What goes wrong is told by our own words, once and counted, not by the driver each time.
logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)

_TIMEOUT = Failed(why=Failure.TIMEOUT)
_GARBAGE = Failed(why=Failure.GARBAGE)
#: RTU frames bear no number: after a timeout the line is left quiet until nothing can come late.
_QUIET = 0.5
#: Longer than this a connection within one building does not take, seconds.
_CONNECTS_WITHIN = 0.8


class Client:
    """Reads over one line; connects anew after everything that went wrong."""

    def __init__(self, address: Address, *, timeout: float, turnstile: Turnstile) -> None:
        """Wait ``timeout`` seconds for each answer; fresh connections take their turn."""
        self._address = address
        self._timeout = timeout
        self._turnstile = turnstile
        self._driver: AsyncModbusTcpClient | AsyncModbusSerialClient | None = None
        self._numbered = address.scheme == "tcp"
        self._framer: AnswerFramer | None = None
        self._number = 0
        self._failed_before = False
        self._requests: dict[tuple[int, Table, int, int], ModbusPDU] = {}

    @property
    def connected(self) -> bool:
        """Whether there is a connection that may be used."""
        if self._framer is not None and self._framer.suspect:
            return False
        return self._driver is not None and self._driver.connected

    async def connect(self) -> bool:
        """Open a fresh connection; False: there is none to be had."""
        lost = self._driver is not None
        self.close()
        if self._failed_before or lost:
            await self._turnstile.turn()
            if not self._numbered:
                await asyncio.sleep(_QUIET)
        driver = _driver(self._address, self._timeout)
        teach(driver)
        self._framer = _find_answers(driver)
        try:
            within = min(self._timeout, _CONNECTS_WITHIN)
            self._failed_before = not await asyncio.wait_for(driver.connect(), within)
        except (OSError, ModbusException, ValueError):  # a timeout is an OSError
            self._failed_before = True
        if self._failed_before:
            driver.close()
            return False
        # Numbers go on from connection to connection: a gateway that mixes them up is found out.
        driver.ctx.next_tid = self._number
        self._driver = driver
        return True

    async def read(
        self, unit: int, table: Table, address: int, count: int, *, within: float | None = None
    ) -> Sequence[int] | Failed:
        """Return the values, or why there are none; after a failure there is no connection.

        ``within`` seconds go before the line's own patience.
        """
        driver = self._driver
        if driver is None:
            return Failed(why=Failure.UNREACHABLE)
        key = (unit, table, address, count)
        request = self._requests.get(key)
        if request is None:
            made = _REQUESTS[table](dev_id=unit, address=address, count=count)
            request = self._requests[key] = made
        if self._framer is not None:
            size = (count + 7) // 8 if table.holds_bits else 2 * count
            self._framer.expect(unit, table.function, size)
        driver.ctx.comm_params.timeout_connect = within or self._timeout  # the driver's patience
        try:
            answer = await driver.execute(False, request)
        except (ModbusException, OSError):
            self.close()
            self._failed_before = True
            return _TIMEOUT
        self._number = driver.ctx.next_tid
        return self._judge(request, answer, table, count)

    def close(self) -> None:
        """Break the connection off; nothing that still comes over it is heard."""
        driver, self._driver = self._driver, None
        self._framer = None
        if driver is not None:
            transport = driver.ctx.transport
            driver.close()
            if transport is not None and hasattr(transport, "abort"):
                transport.abort()

    def _judge(
        self, request: ModbusPDU, answer: ModbusPDU, table: Table, count: int
    ) -> Sequence[int] | Failed:
        """Return the values of an answer that is one to this request, in every respect."""
        refused = isinstance(answer, ExceptionResponse)
        if (
            answer.dev_id != request.dev_id
            or (self._numbered and answer.transaction_id != request.transaction_id)
            or answer.function_code & ~(0x80 if refused else 0) != table.function
        ):
            return self._garbage()
        if refused:
            return Failed(why=Failure.EXCEPTION, code=int(answer.exception_code) & 0xFF)
        if not table.holds_bits:
            return answer.registers if len(answer.registers) == count else self._garbage()
        # The last byte is filled up, usually with zeros, sometimes with whatever comes next.
        bits = answer.bits
        return bits[:count] if len(bits) == (count + 7) // 8 * 8 else self._garbage()

    def _garbage(self) -> Failed:
        self.close()
        self._failed_before = True
        return _GARBAGE


def _driver(address: Address, timeout: float) -> AsyncModbusTcpClient | AsyncModbusSerialClient:
    """Return a driver that neither asks again nor connects again by itself."""
    if address.scheme == "rtu":
        return AsyncModbusSerialClient(
            address.path,
            framer=FramerType.RTU,
            baudrate=address.baudrate,
            parity=address.parity,
            stopbits=address.stopbits,
            bytesize=address.bytesize,
            timeout=timeout,
            retries=0,
            reconnect_delay=0,
        )
    return AsyncModbusTcpClient(
        address.host,
        framer=FramerType.SOCKET if address.scheme == "tcp" else FramerType.RTU,
        port=address.port,
        timeout=timeout,
        retries=0,
        reconnect_delay=0,
    )


def _find_answers(driver: AsyncModbusTcpClient | AsyncModbusSerialClient) -> AnswerFramer | None:
    """Let a driver of RTU frames find answers among noise; None: its frames are numbered."""
    framer = driver.ctx.framer
    if not isinstance(framer, FramerRTU):
        return None
    driver.ctx.framer = AnswerFramer(framer)
    return driver.ctx.framer
