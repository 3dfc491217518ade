"""The fictional province: its borders, its households and their programs, drawn from a seed."""
