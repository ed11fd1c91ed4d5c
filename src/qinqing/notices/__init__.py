"""What Qinqing tells people: an outbox of rows, delivered by the worker, and an inbox in the product."""
