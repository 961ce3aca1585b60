"""Words to concepts: one text in, the nearest ESCO occupations or skills out. `linker` is the way in."""
