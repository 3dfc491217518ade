"""placeholder."""
def run(ground):
    return iter(())
