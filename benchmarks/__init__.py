"""Speed and memory, as ratios measured in one run: ``python -m benchmarks`` (or ``make bench``).

Each benchmark is a module with ``rows(options) -> list[Row]``, named in ``benchmarks/__main__.py``. What is
measured runs in processes of its own, so that nothing is warm that would be cold for a user.
"""
