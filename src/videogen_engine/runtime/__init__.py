"""Durable jobs: a submitted job runs to its end through crashes, restarts and cancellation."""
