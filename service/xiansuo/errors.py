"""Everything that xiansuo itself reports to people.

::

    XiansuoError
    ├── InputError              what was given cannot be used
    │   ├── FileUnreadable      missing, empty, not text, damaged, locked
    │   ├── FormatUnsupported   no reader for this kind of file, or the converter is not installed
    │   ├── FileRefused         dangerous or far too large: zip bomb, macro, external entity
    │   ├── TextUnusable        a draft or query with nothing in it to work on
    │   ├── NotNow              what was asked for cannot be done as things stand, such as claiming what is claimed
    │   │   ├── ChangedSince    somebody else has changed it since it was read
    │   │   ├── KeyUsed         the name that a write gives itself stands for another one
    │   │   └── StillAtIt       the same write is being worked on
    │   ├── NotFound            a document, run, theme or topic that the archive does not hold
    │   └── NotAllowed          who asks may not do or see this
    │       ├── NotSignedIn     nobody has signed in, or the session has ended
    │       └── TooSoon         too many tries: wait a while
    ├── NotReady                what an answer rests on takes long to work out, and is left to a job
    ├── HomeError               the place where the state lives cannot be used
    │   ├── HomeReadOnly        no right to write there
    │   └── DiskFull            no room left there
    ├── ProviderError           the office's identity provider does not answer as it should, or is not set up
    └── ModelError              an encoder cannot be used
        ├── ModelMissing        not built or not installed
        ├── ModelDamaged        its files do not match their checksums
        └── ModelMismatch       vectors of one model met an index or query of another

`code` is stable English for programs; the message and the advice are Chinese for the person at the screen.
"""

from __future__ import annotations

from typing import ClassVar


class XiansuoError(Exception):
    """Root of all reported errors; `message` says what happened and `advice` what to do about it."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class InputError(XiansuoError):
    """What was given cannot be used."""

    code = "input"


class FileUnreadable(InputError):
    """The file is missing, empty, damaged, locked or not what its name says."""

    code = "file_unreadable"


class FormatUnsupported(InputError):
    """There is no reader for this kind of file here."""

    code = "format_unsupported"


class FileRefused(InputError):
    """The file could harm the machine or is far larger than any real submission."""

    code = "file_refused"


class TextUnusable(InputError):
    """The draft or query holds nothing to work on."""

    code = "text_unusable"


class NotNow(InputError):
    """What was asked for cannot be done as things stand."""

    code = "not_now"


class ChangedSince(NotNow):
    """Somebody else has changed it since it was read."""

    code = "changed_since"


class KeyUsed(NotNow):
    """The name that a write gives itself (`Idempotency-Key`) stands for another one."""

    code = "key_used"


class StillAtIt(NotNow):
    """The same write is being worked on; `seconds` is how soon it is worth while to ask again."""

    code = "still_at_it"
    seconds: ClassVar[int] = 1


class NotFound(InputError):
    """The archive holds nothing under this id."""

    code = "not_found"


class NotAllowed(InputError):
    """Who asks may not do or see this."""

    code = "not_allowed"


class NotSignedIn(NotAllowed):
    """Nobody has signed in, the session has ended, or name and password do not fit."""

    code = "not_signed_in"


class TooSoon(NotAllowed):
    """Too many tries; `seconds` is how long to wait."""

    code = "too_soon"

    def __init__(self, message: str, *, advice: str = "", seconds: int = 60) -> None:
        super().__init__(message, advice=advice)
        self.seconds = seconds


class NotReady(XiansuoError):
    """What an answer rests on takes long to work out; `seconds` is how soon it is worth while to ask again."""

    code = "topics_not_ready"
    seconds: ClassVar[int] = 10


class HomeError(XiansuoError):
    """The folder that holds the state cannot be used."""

    code = "home"


class HomeReadOnly(HomeError):
    """There is no right to write to the state folder."""

    code = "home_read_only"


class DiskFull(HomeError):
    """There is no room left where the state lives."""

    code = "disk_full"


class ProviderError(XiansuoError):
    """The office's identity provider does not answer as it should, or is not set up."""

    code = "provider"


class ModelError(XiansuoError):
    """An encoder cannot be used."""

    code = "model"


class ModelMissing(ModelError):
    """The encoder is not built or not installed."""

    code = "model_missing"


class ModelDamaged(ModelError):
    """The encoder's files do not match their checksums."""

    code = "model_damaged"


class ModelMismatch(ModelError):
    """Vectors of one model met an index or a query of another."""

    code = "model_mismatch"
