"""A small invented world on loopback, and the ordinary check run against it."""
