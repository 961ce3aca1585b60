"""A Dask cluster that fills the lists of nearest openings, part by part: the same lists as one machine fills.

`options` is for the command line, `filling.fill_lists` does the work, `tasks` runs on the workers. The packages dask
and distributed are an extra: only `client` and `filling` import them, and only when a cluster is asked for.
"""
