"""What outside programs say of our tools: ``python -m conformance`` (or ``make conformance``).

See docs/conformance.md.
"""
