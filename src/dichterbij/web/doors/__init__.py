"""The three doors: "I am looking for work", "I am looking for people", "I help someone"."""
