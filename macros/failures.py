"""What a failure of the system means, in words: a full disk, a folder that may not be written, a file in the place of a folder."""

import errno
import re

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY})
_ROOM = "Make room on the disk, then run this again."
_TRACEBACK = "Traceback (most recent call last):"
# What `tempfile` says, with the error number of a missing file, when it could write to none of its folders.
_NOWHERE = "No usable temporary directory found"
_LAST = re.compile(r"^\w*Error: \[Errno (\d+)\] ([^:]*)(?:: (['\"])(.*?)\3(?: -> (['\"])(.*?)\5)?)?$", re.MULTILINE)


def words_of(error: OSError) -> str:
    """A failure to read or write as a sentence with what to do, and the name of the file if it is known."""
    if _NOWHERE in str(error.strerror):
        return f"No folder for temporary files can be written: there is no room left, or the system does not allow it. {_ROOM}"
    if error.errno == errno.ECHILD:
        text = str(error.strerror)
        return f"{text[:1].upper()}{text[1:]}. Close what else is running, then run this again."
    name = error.filename2 or error.filename
    what = f"{name.decode(errors='replace') if isinstance(name, bytes) else name}" if isinstance(name, str | bytes) else "A file"
    if error.errno in _FULL:
        return f"{what} could not be written: there is no room left. {_ROOM}"
    if error.errno in _CLOSED:
        return f"{what} could not be read or written: the system does not allow it. See who owns it and whether the disk is read-only."
    if error.errno in _IN_THE_WAY:
        way = "a file stands where a folder must be, or a folder where a file must be"
        return f"{what} could not be read or written: {way}. Remove it, then run this again."
    return f"{what} could not be read or written: {error.strerror or error}."


def words_of_traceback(said: str) -> str | None:
    """The same for what another program said before it ended, if that was a traceback that ends with such a failure."""
    found = list(_LAST.finditer(said))
    if _TRACEBACK not in said or not found:
        return None
    number, text, _, one, _, other = found[-1].groups()
    return words_of(OSError(int(number), text, one, None, other))
