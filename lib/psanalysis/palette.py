"""The colours of charts and pages, on light and on dark ground; here and nowhere else."""

from __future__ import annotations

# Hues after Okabe and Ito; lightness chosen so that any two series differ by 10 or more in CAM02-UCS under every common colour-vision
# deficiency and each has a contrast of 4.5 with the paper; names are those of the CSS custom properties of the pages
COLOURS = {
    "ink": "#1b1f24", "muted": "#57606a", "grid": "#d8dee4", "context": "#8a939d", "paper": "#ffffff", "accent": "#0b62a3",
    "binding": "#0b62a3", "expected": "#b34700", "met": "#00523f", "national": "#8a3ffc",
    "series-1": "#0b62a3", "series-2": "#b34700", "series-3": "#00523f", "series-4": "#8c1d62", "series-5": "#4d3a00", "series-6": "#6b6e72",
}  # fmt: skip
# The same for readers who have set their screen to dark
DARK = {
    "ink": "#e6edf3", "muted": "#a3adb8", "grid": "#3d454e", "context": "#747e89", "paper": "#14181d", "accent": "#b6d2ff",
    "binding": "#b6d2ff", "expected": "#f3881c", "met": "#10ce7a", "national": "#888dfa",
    "series-1": "#b6d2ff", "series-2": "#f3881c", "series-3": "#10ce7a", "series-4": "#b36ba6", "series-5": "#83875a", "series-6": "#a7aeb1",
}  # fmt: skip


def custom_properties() -> str:
    """The palette as CSS custom properties: for light screens, for dark ones, and again the light one for paper."""

    def rule(palette: dict[str, str]) -> str:
        return ":root{" + "".join(f"--ps-{name}:{value};" for name, value in palette.items()) + "}"

    return f"{rule(COLOURS)}\n@media (prefers-color-scheme: dark){{{rule(DARK)}}}\n@media print{{{rule(COLOURS)}}}\n"
