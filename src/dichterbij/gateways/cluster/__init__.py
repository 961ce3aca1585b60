"""A Dask cluster that fills the lists of nearest openings, part by part: the same lists as one machine fills.

`options` is for the command line, `filling.on_cluster` does the work, `tasks` runs on the workers. The packages dask
and distributed are an extra: `client` and `rounds` import them, and with those `filling`, only when a cluster is asked
for; `tasks` asks them for the address of its worker, where there is one.
"""
