"""A mail server that takes everything and notes it, or misbehaves on purpose.

`python benchmarks/smtp_sink.py PORT LOG [--rough]`. Each accepted letter becomes a line in LOG: its Message-ID and its
addressee. With `--rough`, it refuses some letters for a while, drops some connections, is slow at times, and knows
nobody whose address begins with "gone".
"""

import argparse
import asyncio
import random
import re
from pathlib import Path
from typing import IO, Any

from aiosmtpd.smtp import SMTP

MESSAGE_ID = re.compile(rb"^Message-ID: *(\S+)", re.MULTILINE | re.IGNORECASE)


class Sink:
    """What aiosmtpd asks at each step."""

    def __init__(self, log: IO[str], is_rough: bool) -> None:
        self.log = log
        self.is_rough = is_rough
        self.random = random.Random(4)  # noqa: S311 -- chance, no secret

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, host: str, answers: list[str]) -> list[str]:
        session.host_name = host
        return [*answers[:-1], "250-PIPELINING", answers[-1]]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.is_rough:
            if address.startswith("gone"):
                return f"550 5.1.1 <{address}>: nobody here by that name"
            chance = self.random.random()
            if chance < 0.02:
                return f"451 4.7.1 <{address}>: come back later"
            if chance < 0.03:
                server.transport.abort()
            elif chance < 0.04:
                await asyncio.sleep(0.5)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        found = MESSAGE_ID.search(envelope.content)
        # Noted before it is answered for: a client that dies in between has been served.
        self.log.write(f"{found.group(1).decode() if found else '-'} {envelope.rcpt_tos[0]}\n")
        self.log.flush()
        return "250 OK"


async def serve(port: int, log: IO[str], is_rough: bool) -> None:
    loop = asyncio.get_running_loop()
    sink = Sink(log, is_rough)
    server = await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    parser.add_argument("--rough", action="store_true")
    options = parser.parse_args()
    with options.log.open("a") as log:
        asyncio.run(serve(options.port, log, options.rough))


if __name__ == "__main__":
    main()
