"""On Windows, where no program can set limits to itself alone: a job, and it alone in it.

Written by what Microsoft documents of `CreateJobObjectW`, `SetInformationJobObject` and
`AssignProcessToJobObject`; the tests prove the sizes of what is handed over and nothing else.
"""

import ctypes
import sys
from typing import Final

_PROCESS_TIME: Final = 0x0002
_ACTIVE_PROCESS: Final = 0x0008
_PROCESS_MEMORY: Final = 0x0100
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x0400  # and show no window that waits for somebody
_KILL_ON_JOB_CLOSE: Final = 0x2000
_EXTENDED_LIMIT_INFORMATION: Final = 9
_TICKS: Final = 10_000_000  # of 100 ns, to a second


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits_of(memory: int, seconds: int) -> ExtendedLimits:
    """Return: so many bytes, so many seconds of the processor, and no other program."""
    told = ExtendedLimits()
    basic = told.BasicLimitInformation
    basic.LimitFlags = (
        _PROCESS_MEMORY
        | _PROCESS_TIME
        | _ACTIVE_PROCESS
        | _DIE_ON_UNHANDLED_EXCEPTION
        | _KILL_ON_JOB_CLOSE
    )
    basic.PerProcessUserTimeLimit = seconds * _TICKS
    basic.ActiveProcessLimit = 1
    told.ProcessMemoryLimit = memory
    return told


if sys.platform == "win32":

    def enter_job(memory: int, seconds: int) -> None:
        """Put this very program under the limits, for good: Windows lets none out of a job.

        Raises:
            OSError: Windows refuses; nothing may be opened then.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.SetInformationJobObject.argtypes = (
            ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32,
        )  # fmt: skip
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        told = limits_of(memory, seconds)
        # Never closed: with the last handle of the job the program would end.
        job = kernel.CreateJobObjectW(None, None)
        done = (
            job
            and kernel.SetInformationJobObject(
                job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(told), ctypes.sizeof(told)
            )
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        )
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
