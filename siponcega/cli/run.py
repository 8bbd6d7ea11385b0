"""up, serve, worker."""

from __future__ import annotations

import asyncio
import os

import typer

from siponcega.cli.output import say


def register(app: typer.Typer) -> None:
    app.command(
        epilog="Example: siponcega up --port 8100", short_help="Start everything, until Ctrl-C."
    )(up)
    app.command(
        epilog="Example: siponcega serve --port 8000   (behind a reverse proxy)",
        short_help="Serve the API and the pages, one process.",
    )(serve)
    app.command(epilog="Example: siponcega worker   (as many as wanted; they share the work)")(
        worker
    )


def up(
    port: int = typer.Option(
        0, show_default=False, help="Port of the pages [default: PORT, else 8000]."
    ),
    host: str = typer.Option("", help="Address to listen on [default: 127.0.0.1]."),
    seed: bool = typer.Option(True, help="In demo mode: write the city and the demo shift."),
    traffic: bool = typer.Option(True, help="In demo mode: example callers and crews play along."),
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C.

    Exit codes: 0 ended when asked to, 1 could not start (it says why).
    """
    from siponcega.up import up as run_all

    listen(port, host)
    raise typer.Exit(run_all(say, seed=seed, traffic=traffic))


def serve(
    port: int = typer.Option(
        0, show_default=False, help="Port [default: SIPONCEGA_PORT, else 8000]."
    ),
    host: str = typer.Option("", help="Address to listen on [default: 127.0.0.1]."),
) -> None:
    """Serve the API and the pages (one process; start more of them behind a proxy)."""
    import uvicorn

    from core.settings import get_settings
    from siponcega import instance

    listen(port, host)
    instance.find()
    settings = get_settings()
    if not settings.demo:
        from siponcega.app import refuse

        asyncio.run(refuse(settings))
    uvicorn.run(
        "siponcega.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="console.wire:LiveProtocol",
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        access_log=False,
        log_config=None,
        proxy_headers=True,  # believed from these peers only
        forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"),
        timeout_graceful_shutdown=5,
        server_header=False,
    )


def worker() -> None:
    """Run the event sequencer, timers, deliveries and consumers."""
    from siponcega import instance
    from siponcega.worker import main

    instance.find()
    raise typer.Exit(main() or 0)


def listen(port: int, host: str) -> None:
    from siponcega.environment import prepare

    if port:
        os.environ["SIPONCEGA_PORT"] = str(port)
    if host:
        os.environ["SIPONCEGA_HOST"] = host
    prepare()
