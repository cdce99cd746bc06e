"""What is handed to Windows is laid out as its documents say; nothing else of it is proved here."""

import ctypes
import sys

import pytest

from counter_app.imaging import limits
from counter_app.imaging.windows_job import BasicLimits, ExtendedLimits, limits_of

pytestmark = pytest.mark.skipif(sys.maxsize < 2**32, reason="the sizes are those of 64 bits")


def test_the_limits_of_a_job_have_the_documented_sizes():
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert BasicLimits.ActiveProcessLimit.offset == 40


def test_the_limits_say_memory_time_and_one_program():
    told = limits_of(limits.MOST_MEMORY, 5)
    assert told.ProcessMemoryLimit == limits.MOST_MEMORY
    assert told.BasicLimitInformation.PerProcessUserTimeLimit == 50_000_000  # of 100 ns
    assert told.BasicLimitInformation.ActiveProcessLimit == 1
    assert told.BasicLimitInformation.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400 | 0x2000
