"""Numbers and words that lie encrypted, opened without an error for what is erased or unreadable.

One blob that cannot be read (its person was erased, its key is lost) must not stop the messages to
everybody else.
"""

from __future__ import annotations

from core.privacy import Vault, VaultError


def opened(vault: Vault, blob: bytes | None) -> str | None:
    """The text of a blob; None when there is none, it was erased, or it cannot be read."""
    if not blob:
        return None
    try:
        return vault.decrypt_text(blob) or None
    except VaultError:
        return None
