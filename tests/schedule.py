"""Which process runs which file's tests, and in which order."""


from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser"
# The longest first, so that no process is left alone with one of them at the end; the others follow by their number of
# tests. A file that is not named here, though it takes long, costs time and nothing else.
FIRST = (BROWSER, "tests/test_lifecycle.py", "tests/test_boundary_load.py", "tests/test_simulation.py",
         "tests/test_eligibility.py", "tests/test_synthetic_outline.py", "tests/test_synthetic_demo.py")  # fmt: skip


class SuiteScheduling(LoadFileScheduling):
    """Files stay together, and those of the browser stay with one another: they share a province and a server."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER + "/") else super()._split_scope(nodeid)

    def _assign_work_unit(self, node) -> None:
        for scope in reversed(FIRST):
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)
