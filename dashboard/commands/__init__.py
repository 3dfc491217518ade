"""The words of the command `petadesil`, one module per kind of work."""
