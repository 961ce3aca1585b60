"""Links of a campaign: a code and a region each; counted without following anybody."""
