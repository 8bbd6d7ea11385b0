"""The vault and its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import keyring
from core.privacy import HEAD_BYTES, Vault, VaultError, mask_phone, same

RING = keyring.new_keyring()
VAULT = Vault(RING)
BLOB_OR_NOISE = st.binary(max_size=80)


@given(st.binary(max_size=500), st.one_of(st.none(), st.binary(max_size=20)))
def test_what_goes_in_comes_out(data: bytes, aad: bytes | None) -> None:
    blob = VAULT.encrypt(data, aad)
    assert VAULT.decrypt(blob, aad) == data
    assert len(data) < 4 or data not in blob
    assert VAULT.encrypt(data, aad) != blob


@given(st.text())
def test_text_of_any_kind(text: str) -> None:
    assert VAULT.decrypt_text(VAULT.encrypt(text)) == text


@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_changed_blob_is_refused(data: bytes, pick: st.DataObject) -> None:
    blob = bytearray(VAULT.encrypt(data))
    at = pick.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= pick.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        VAULT.decrypt(bytes(blob))


@given(BLOB_OR_NOISE.filter(bool))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(VaultError):
        VAULT.decrypt(noise)


def test_a_blob_of_another_purpose_is_refused() -> None:
    blob = VAULT.encrypt("rahasia", b"totp")
    for aad in (None, b"lain"):
        with pytest.raises(VaultError):
            VAULT.decrypt(blob, aad)


def test_erased_is_empty() -> None:
    assert VAULT.decrypt(b"") == b""
    assert VAULT.decrypt_text(None) == ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_hashes_depend_on_value_purpose_and_key(a: str, b: str) -> None:
    other = Vault(keyring.new_keyring())
    assert (VAULT.value_hash("nik", a) == VAULT.value_hash("nik", b)) == (a == b)
    assert VAULT.value_hash("nik", a) != VAULT.value_hash("phone", a)
    assert VAULT.value_hash("phone", "+62812") == VAULT.phone_hash("+62812")
    assert other.value_hash("nik", a) != VAULT.value_hash("nik", a)
    assert len(VAULT.mac(a.encode())) == 32


def test_old_blobs_stay_readable_and_running_processes_learn_the_new_key(tmp_path: Path) -> None:
    running = Vault.open(tmp_path)
    old = running.encrypt("lama")
    keyring.write(tmp_path, keyring.read(tmp_path).with_new_key())
    newer = Vault.open(tmp_path)
    fresh = newer.encrypt("baru")
    assert (Vault.key_id_of(old), Vault.key_id_of(fresh)) == (1, 2)
    assert newer.decrypt_text(old) == "lama"
    assert running.decrypt_text(fresh) == "baru"
    assert running.key_id == 2
    assert running.phone_hash("+62811") == newer.phone_hash("+62811")


def test_a_blob_whose_key_is_gone_is_refused(tmp_path: Path) -> None:
    blob = Vault(keyring.new_keyring().with_new_key()).encrypt("x")
    with pytest.raises(VaultError, match="key file"):
        Vault.open(tmp_path).decrypt(blob)


def test_the_key_file_is_private_and_checked(tmp_path: Path) -> None:
    ring = keyring.ensure(tmp_path)
    file = tmp_path / keyring.FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert keyring.ensure(tmp_path) == ring
    file.chmod(0o640)
    with pytest.raises(keyring.KeyFileError, match="chmod 600"):
        keyring.read(tmp_path)
    file.chmod(0o600)
    file.write_text('{"keys": []}')
    with pytest.raises(keyring.KeyFileError, match="not a key file"):
        keyring.read(tmp_path)
    with pytest.raises(keyring.KeyFileError, match="keys make"):
        keyring.read(tmp_path / "tidak-ada")


def test_the_current_key_cannot_be_retired() -> None:
    ring = RING.with_new_key()
    assert [key.id for key in ring.without({1}).keys] == [2]
    with pytest.raises(ValueError, match="current"):
        ring.without({2})


@given(st.from_regex(r"\+62[0-9]{7,13}", fullmatch=True))
def test_a_masked_phone_does_not_tell_the_number(phone: str) -> None:
    masked = mask_phone(phone)
    assert len(masked) == len(phone)
    assert masked.count("*") >= len(phone) - 8 > 0
    assert mask_phone("110") == "*10"


def test_same_compares_text_and_bytes() -> None:
    assert same("a", b"a")
    assert not same("a", "b")
    assert HEAD_BYTES == 15
