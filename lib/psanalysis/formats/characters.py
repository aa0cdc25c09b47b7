"""Characters that look like others or like nothing: what a reader sees is what the rules read."""

from __future__ import annotations

import re
import unicodedata

# zero width, soft hyphen, marks of direction, variation selectors, tags: nothing of them is seen
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
)
LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
BLANKS = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# radicals that Unicode names no ordinary character for, and these characters
# (EquivalentUnifiedIdeograph)
_RADICALS = (
    "\u2e81\u2e84\u2e85\u2e86\u2e87\u2e88\u2e89\u2e8a\u2e8b\u2e8c\u2e8d\u2e92\u2e93\u2e94\u2e95"
    "\u2e96\u2e97"
    "\u2e98\u2e99\u2e9b\u2e9d\u2e9e\u2ea0\u2ea1\u2ea2\u2ea3\u2ea4\u2ea5\u2ea6\u2ea7\u2ea8\u2ea9"
    "\u2eaa\u2eab\u2eac"
    "\u2ead\u2eae\u2eb0\u2eb2\u2eb3\u2eb4\u2eb6\u2eb7\u2eb8\u2eb9\u2eba\u2ebb\u2ebc\u2ebd\u2ebe"
    "\u2ebf\u2ec0\u2ec1\u2ec2"
    "\u2ec3\u2ec4\u2ec5\u2ec6\u2ec8\u2ec9\u2eca\u2ecb\u2ecc\u2ecd\u2ecf\u2ed0\u2ed1\u2ed2\u2ed3"
    "\u2ed4\u2ed6\u2ed7"
    "\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2edf\u2ee0\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8"
    "\u2ee9\u2eea\u2eeb"
    "\u2eec\u2eed\u2eee\u2eef\u2ef0\u2ef1\u2ef2",
    "\u5382\u4e5a\u4ebb\u5182\u51e0\u5200\u5200\u535c\u353e\u5c0f\u5c0f\u5df3\u5e7a\u5f51\u5f50"
    "\u5fc4\u5fc3"
    "\u624c\u6535\u65e1\u6708\u6b7a\u6c11\u6c35\u6c3a\u706c\u722b\u722b\u4e2c\u725b\u72ad\u738b"
    "\u758b\u76ee\u793a"
    "\u793b\u7af9\u7cf9\u7f52\u7f53\u7f5f\u7f8a\u7f8a\u7f8b\u8002\u8080\u807f\u8089\u81fc\u8279"
    "\u8279\u8279\u864e"
    "\u8864\u897f\u897f\u89c1\u89d2\u8ba0\u8d1d\u8db3\u8f66\u8fb6\u8fb6\u9091\u9485\u9577\u9578"
    "\u957f\u95e8\u961d\u96e8"
    "\u9752\u97e6\u9875\u98ce\u98de\u98df\u98e0\u9963\u9a6c\u9aa8\u9b3c\u9c7c\u9e1f\u5364\u9ea6"
    "\u9ec4\u9efe\u6589"
    "\u9f50\u6b6f\u9f7f\u7adc\u9f99\u9f9c\u4e80",
)  # fmt: skip
RADICALS = dict(zip(*_RADICALS, strict=True))


def ordinary(char: str) -> str:
    """The ordinary character that one of a few look-alikes stands for; else the character itself.

    Look-alikes are Kangxi and CJK radicals, compatibility ideographs, digits of other styles and
    scripts. The result is always one character, so that offsets hold.

    Examples
    --------
    >>> ordinary("\\u2f08") == "\\u4eba", ordinary("\\U0001d7d7"), ordinary("\\u00b2")
    (True, '9', '²')
    """
    if char in RADICALS:
        return RADICALS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or char >= "\U0002f800":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char


def visible(text: str) -> str:
    """The text without what is not seen, ordinary characters for their look-alikes, LF for every
    line break.

    Examples
    --------
    >>> visible("9\\u200b5\\u00ad%\\r\\n")
    '95%\\n'
    """
    text = INVISIBLE.sub("", LINE_BREAKS.sub("\n", text))
    odd = {ord(char): ordinary(char) for char in set(text) if char > "~"}
    return text.translate(odd)


def one_line(text: str) -> str:
    """A name that was broken over lines as one line: breaks and what is not seen are left out.

    Examples
    --------
    >>> one_line("living \\r\\nspace")
    'living space'
    """
    return INVISIBLE.sub("", LINE_BREAKS.sub("", text)).strip()
