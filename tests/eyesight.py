"""Eyes for the tests: how far apart two colours are, also to somebody who lacks one kind of cone, and contrast."""

import numpy as np

from dashboard.scales import rgb_of

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15, table of severity 1.0: what linear RGB becomes to somebody
# without the cones for long, middle and short waves.
SIGHTS = {
    "all": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# IEC 61966-2-1 (sRGB) to CIE XYZ under D65.
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip


def linear(colour):
    channels = np.array(rgb_of(colour)) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def seen(colour, sight="all"):
    """Return a colour in CIELAB as somebody of this sight sees it."""
    ratio = TO_XYZ @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1) / (TO_XYZ @ np.ones(3))
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one, other):
    """Return the difference of two CIELAB colours: CIE 142-2001, as Sharma, Wu and Dalal (2005) write it out."""
    (light1, a1, b1), (light2, a2, b2) = one, other
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    chroma1, chroma2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    hue1, hue2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    has_hue = chroma1 * chroma2 > 0
    turn = (hue2 - hue1 + 180) % 360 - 180 if has_hue else 0.0
    # Half a turn is as far one way as the other; the formula takes it as it comes.
    turn = 180.0 if has_hue and hue2 - hue1 == 180 else turn
    light_step, chroma_step = light2 - light1, chroma2 - chroma1
    hue_step = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2))
    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    hue = hue1 + hue2
    if has_hue:
        hue = hue / 2 if abs(hue1 - hue2) <= 180 else (hue + 360) / 2 if hue < 360 else (hue - 360) / 2

    def cosine(times, shift):
        return np.cos(np.radians(times * hue + shift))

    weight = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.20 * cosine(4, -63)
    bend = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    turned = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(2 * bend))
    light_part = light_step / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    chroma_part = chroma_step / (1 + 0.045 * chroma)
    hue_part = hue_step / (1 + 0.015 * chroma * weight)
    return float(np.sqrt(light_part**2 + chroma_part**2 + hue_part**2 + turned * chroma_part * hue_part))


def apart(one, other, sight):
    return ciede2000(seen(one, sight), seen(other, sight))


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


def contrast(one, other):
    """Return the contrast ratio of WCAG 2.2 between two opaque colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour, ground, share):
    """Return what is seen of a colour that covers a ground by a share, as the browser mixes it."""
    channels = zip(rgb_of(colour), rgb_of(ground), strict=True)
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in channels)
