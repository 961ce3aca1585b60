"""The bridge kernel: arrays in, bridges out (docs/concepts/bridge.md). No database, no Django."""
