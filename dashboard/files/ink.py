"""The colours of text, lines and badges on a printed page and a drawn map: those of the screen's light theme."""

TEXT = "#1c2b33"
QUIET = "#5d6b74"
ACCENT = "#0b5d7a"
BADGE = "#7a3b00"
GROUND = "#f5f7f8"
LINE = "#cfd8dc"
