"""The colours of charts and pages, on light and on dark ground; here and nowhere else.

One colour has one meaning: `accent` is what a page or chart is about (and a link), `national` the
nation, `context` other places, `met` what reaches or exceeds what it is held against, `missed` what
falls short of it, `doubt` a figure that a finding doubts. No place and no class has a colour of its
own: places are named beside their marks, classes differ in shape, fill and hatching.
"""

from __future__ import annotations

from functools import cache

# Any two of the meanings differ by 10 or more in CAM02-UCS under every common colour-vision
# deficiency, and each has a contrast of 4.5 with the paper (context, never text: 3)
COLOURS = {
    "ink": "#1b1f24",
    "muted": "#57606a",
    "grid": "#d8dee4",
    "context": "#8a939d",
    "paper": "#ffffff",
    "accent": "#0b62a3",
    "national": "#8a3ffc",
    "met": "#00523f",
    "missed": "#b34700",
    "doubt": "#69005e",
}
# The same for dark screens
DARK = {
    "ink": "#e6edf3",
    "muted": "#a3adb8",
    "grid": "#3d454e",
    "context": "#747e89",
    "paper": "#14181d",
    "accent": "#b6d2ff",
    "national": "#888dfa",
    "met": "#10ce7a",
    "missed": "#f3881c",
    "doubt": "#ff34bb",
}
RED, GREEN, BLUE = 0.2126, 0.7152, 0.0722


@cache
def grey(colour: str) -> str:
    """The grey of the same lightness as a colour, by the relative luminance of WCAG 2.2.

    Examples
    --------
    >>> grey("#0b62a3"), grey("#ffffff")
    ('#5f5f5f', '#ffffff')
    """
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    light = RED * red + GREEN * green + BLUE * blue
    level = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return f"#{round(255 * level):02x}" + f"{round(255 * level):02x}" * 2


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def custom_properties() -> str:
    """The palette as CSS custom properties: for light screens, for dark ones, and again the light
    one for paper.
    """

    def rule(palette: dict[str, str]) -> str:
        return ":root{" + "".join(f"--ps-{name}:{value};" for name, value in palette.items()) + "}"

    return (
        f"{rule(COLOURS)}\n@media (prefers-color-scheme: dark){{{rule(DARK)}}}\n@media "
        f"print{{{rule(COLOURS)}}}\n"
    )
