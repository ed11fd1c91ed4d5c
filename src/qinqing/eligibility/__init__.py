"""Eligibility, pure: rules as data, and engines that agree on whom they reach and with how much (M3-030, M3-031).

`catalogue` says what may be known; `language` and `policies` read rules and name every fault; `nodes` are what they become.
`row` asks one enterprise, `bulk` all of them, `sql` wherever the data lie; `explaining` says why not, and by how much.
"""
