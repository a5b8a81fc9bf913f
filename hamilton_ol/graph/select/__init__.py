"""The language in which a graph is asked: `+model`, `age..model`, `tag:PII=true+ and owner:ds`."""
