"""What is made small comes back as it was, and nothing else comes back at all."""

import os
import tracemalloc
from functools import cache
from random import Random
from threading import Thread

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from counter_app import assets
from counter_app.wire.codec import encode
from counter_app.wire.compression import DICTIONARY_ID, pack, unpack
from counter_app.wire.envelope import sign_request
from counter_app.wire.messages import MOST_BYTES
from tests.wire.pushes import a_morning, pushes

MOST_DICTIONARY = 32 * 1024


@given(st.binary(max_size=20_000))
def test_what_is_packed_comes_back_as_it_was(raw):
    assert unpack(pack(raw), most=len(raw)) == raw


@given(st.binary(max_size=400))
def test_junk_is_refused_and_breaks_nothing(junk):
    try:
        back = unpack(junk, most=1000)
    except ValueError:
        return
    assert len(back) <= 1000


@given(st.binary(min_size=1, max_size=3000), st.data())
def test_what_was_cut_or_goes_on_is_refused(raw, data):
    packed = pack(raw)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(ValueError):
        unpack(packed[:cut], most=len(raw))
    more = data.draw(st.binary(min_size=1, max_size=20))
    with pytest.raises(ValueError):
        unpack(packed + more, most=len(raw))
    with pytest.raises(ValueError):
        unpack(packed + packed, most=2 * len(raw))


def test_one_byte_too_many_is_refused():
    packed = pack(bytes(1001))
    assert unpack(packed, most=1001) == bytes(1001)
    with pytest.raises(ValueError, match="more than 1000"):
        unpack(packed, most=1000)


@cache
def frames_that_hold_too_much():
    told = zstandard.ZstdCompressor(write_content_size=True)
    untold = zstandard.ZstdCompressor(write_content_size=False)
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"1234"
    magic = b"\x28\xb5\x2f\xfd"
    boast = magic + b"\xe0" + (1 << 60).to_bytes(8, "little") + b"\x01\x00\x00"
    modest = magic + b"\x20\x01" + bytes((0x03 | 0x02, 0xFF, 0xFF)) + b"0"
    return {
        "told": told.compress(bytes(20 << 20)),
        "untold": untold.compress(bytes(20 << 20)),
        "after something to skip": skippable + told.compress(bytes(20 << 20)),
        "boasting": boast,
        "saying one byte and giving more": modest,
    }


@pytest.mark.parametrize("name", frames_that_hold_too_much())
def test_a_bomb_is_refused_before_room_is_made_for_it(name):
    bomb = frames_that_hold_too_much()[name]
    unpack(pack(b"so that what is made once is there"), most=100)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError):
            unpack(bomb, most=MOST_BYTES)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * MOST_BYTES


@pytest.mark.parametrize("window", [0x00, 0x50, 0xA8, 0xF8, 0xFF])
def test_a_frame_that_asks_for_a_large_window_gets_no_more_room(window):
    resource = pytest.importorskip("resource")
    magic, two_bytes_tell_the_size, size = b"\x28\xb5\x2f\xfd", b"\x40", (44).to_bytes(2, "little")
    one_byte_300_times = (300 << 3 | 0b011).to_bytes(3, "little") + b"0"
    frame = magic + two_bytes_tell_the_size + bytes([window]) + size + one_byte_300_times
    unpack(pack(b"so that what is made once is there"), most=100)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        assert unpack(frame, most=MOST_BYTES) == b"0" * 300
    except ValueError:
        assert window > 0xA8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_a_frame_names_its_dictionary_and_a_stranger_is_refused_by_its_name():
    assert zstandard.get_frame_parameters(pack(b"x" * 100)).dict_id == DICTIONARY_ID
    samples = [os.urandom(8) + b"other words " * 9 for _ in range(200)]
    other = zstandard.train_dictionary(2048, samples, dict_id=DICTIONARY_ID + 1)
    frame = zstandard.ZstdCompressor(dict_data=other).compress(samples[0])
    with pytest.raises(ValueError, match="32770"):
        unpack(frame, most=1000)


def test_who_has_no_dictionary_is_understood():
    assert unpack(zstandard.ZstdCompressor().compress(b"plain"), most=10) == b"plain"


def test_the_dictionary_is_small():
    file = assets.RESOURCES / "wire" / "push-1.dict"
    assert file.stat().st_size <= MOST_DICTIONARY
    assert zstandard.ZstdCompressionDict(file.read_bytes()).dict_id() == DICTIONARY_ID


def test_many_threads_pack_at_once():
    wrong = []

    def work(seed):
        rng = Random(seed)
        for _ in range(200):
            raw = rng.randbytes(rng.randrange(20_000))
            if unpack(pack(raw), most=len(raw)) != raw:
                wrong.append(seed)

    threads = [Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_receipt_and_a_morning_take_little_room_on_a_slow_line(desk):
    a_morning(desk, Random(7), 60)
    singles = [encode(batch) for batch in pushes(desk, 2)[1:]]
    _request, headers = sign_request(
        desk.key,
        method="POST",
        path="/v1/push",
        desk_id=desk.profile.id,
        epoch=desk.profile.epoch,
        body=b"",
    )
    extra = len("POST /v1/push HTTP/1.1\r\n") + sum(
        len(f"{name}: {value}\r\n") for name, value in headers.items()
    )
    sent = sum(len(pack(raw)) + extra for raw in singles)
    assert sent / sum(map(len, singles)) <= 0.30
    (batch, *_rest) = (encode(batch) for batch in pushes(desk, 100))
    assert len(pack(batch)) / len(batch) <= 0.16
