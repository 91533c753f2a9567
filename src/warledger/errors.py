"""Every error that warledger raises on purpose.

    WarledgerError                 code            exit  also a
    ├── UsageError                 usage              2  ValueError
    │   └── ConfigError            config             2  ValueError
    ├── InputError                 input              3  ValueError
    │   ├── DecodeError            decode             3
    │   ├── RecordError            record             3
    │   └── WhenError              when               3
    ├── NotFoundError              not-found          4  KeyError
    ├── LedgerError                ledger             5
    │   ├── SchemaError            schema             5
    │   ├── BusyError              busy               5
    │   └── StorageError           storage            5  OSError
    ├── VerifyError                verify             1
    └── ModelError                 model              6

A document that cannot be read is an `Issue` in the ledger and the run goes on; these errors are for what stops a command.
Exit status 0 is success and 1 is "ran, and found faults" (`verify`, `validate`).
"""

from __future__ import annotations


class WarledgerError(Exception):
    """Root of the tree. `code` names the section in docs/reference/errors.md; `exit_status` is the command's."""

    code = "error"
    exit_status = 70

    def __str__(self) -> str:
        """The message as it was given (KeyError would quote it)."""
        return str(self.args[0]) if self.args else self.code


class UsageError(WarledgerError, ValueError):
    """The command or call was not put as it should be."""

    code = "usage"
    exit_status = 2


class ConfigError(UsageError):
    """A setting has a value that it cannot have."""

    code = "config"


class InputError(WarledgerError, ValueError):
    """What was given to read is not what was expected."""

    code = "input"
    exit_status = 3


class DecodeError(InputError):
    """Bytes could not be read as text."""

    code = "decode"


class RecordError(InputError):
    """An extraction record breaks a rule of its form."""

    code = "record"


class WhenError(InputError):
    """A date or interval is not EDTF, or is no real date."""

    code = "when"


class NotFoundError(WarledgerError, KeyError):
    """An id, place or name is not in the ledger."""

    code = "not-found"
    exit_status = 4


class LedgerError(WarledgerError):
    """The ledger itself is at fault; nothing was written."""

    code = "ledger"
    exit_status = 5


class SchemaError(LedgerError):
    """The ledger was written by a version that this one cannot read."""

    code = "schema"


class BusyError(LedgerError):
    """Another process held the ledger for longer than the waiting time."""

    code = "busy"


class StorageError(LedgerError, OSError):
    """The disk refused: full, read-only or without permission."""

    code = "storage"


class VerifyError(WarledgerError):
    """`verify` found faults."""

    code = "verify"
    exit_status = 1


class ModelError(WarledgerError):
    """The network's files are missing, changed or cannot be run."""

    code = "model"
    exit_status = 6
