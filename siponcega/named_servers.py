"""Whether servers named by address can be used, said in words before anything else is done with them."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from redis import Redis
from redis.exceptions import RedisError

from core.settings import Settings
from siponcega.cluster import ClusterError

POSTGRES_LEAST = 150_000
CONNECT_WITHIN_S = 10.0
EXTENSIONS = ("postgis", "btree_gist", "pg_trgm")
# What this role cannot bring by itself: a superuser may all, others the trusted ones of their own.
MISSING = """
SELECT name FROM unnest($1::text[]) AS name
WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = name)
  AND NOT EXISTS (
    SELECT FROM pg_available_extension_versions AS v
    WHERE v.name = name.name
      AND ((SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
           OR v.trusted AND has_database_privilege(current_database(), 'CREATE')))
"""


class Unreachable(ClusterError):
    """A named server cannot be used; the message says why and what to do."""


def prove_database(settings: Settings) -> None:
    """Raise Unreachable unless this PostgreSQL lets us in and has, or lets us make, what we need."""
    asyncio.run(_prove(settings.database_url))


def prove_redis(settings: Settings) -> bool:
    """Whether Redis answers; everything works without it. Raises Unreachable for no address at all."""
    try:
        with Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2) as link:
            return bool(link.ping())
    except ValueError:
        raise Unreachable("SIPONCEGA_REDIS_URL is not like redis://host:6379/0") from None
    except (OSError, RedisError):
        return False


def place(url: str) -> str:
    """Where an address points, without its user and password."""
    netloc = urlsplit(url).netloc.rpartition("@")[2]
    return netloc or "this machine's socket"


async def _prove(url: str) -> None:
    where = place(url)
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_WITHIN_S)
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise Unreachable(
            f"PostgreSQL at {where} does not let us in ({error}): "
            "correct user and password in SIPONCEGA_DATABASE_URL"
        ) from None
    except asyncpg.InvalidCatalogNameError as error:
        raise Unreachable(
            f"PostgreSQL at {where}: {error}. As its administrator: createdb --owner USER NAME"
        ) from None
    except asyncpg.PostgresError as error:
        raise Unreachable(
            f"PostgreSQL at {where} refuses: {error}. Try again in a moment"
        ) from None
    except (OSError, TimeoutError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "no answer"
        raise Unreachable(
            f"no PostgreSQL answers at {where} ({why}): start it, or correct "
            "SIPONCEGA_DATABASE_URL (empty: siponcega up starts its own)"
        ) from None
    except (ValueError, asyncpg.InterfaceError):
        raise Unreachable(
            "SIPONCEGA_DATABASE_URL is not like postgresql://user:password@host/database"
        ) from None
    try:
        await _suffices(connection, where)
    finally:
        await connection.close()


async def _suffices(connection: asyncpg.Connection[Any], where: str) -> None:
    if int(await connection.fetchval("SHOW server_version_num")) < POSTGRES_LEAST:
        raise Unreachable(f"PostgreSQL at {where} is too old: 15 or newer is needed")
    name = await connection.fetchval("SELECT current_database()")
    missing = [row["name"] for row in await connection.fetch(MISSING, list(EXTENSIONS))]
    if missing:
        make = "".join(f" -c 'CREATE EXTENSION {one}'" for one in missing)
        raise Unreachable(
            f"the database {name} at {where} lacks {', '.join(missing)}. "
            f"As its administrator: psql {name}{make}"
        )
    if not await connection.fetchval("SELECT has_schema_privilege('public', 'CREATE')"):
        role = await connection.fetchval("SELECT current_user")
        raise Unreachable(
            f"{role} may not make tables in the database {name} at {where}. "
            f"As its administrator: ALTER DATABASE {name} OWNER TO {role}"
        )
