"""Working time, pure: limits, pauses, extensions, and deadlines that carry their derivation.

`limits` reads 7wd; `calendar` is the value that knows the days; `rules.deadline` folds them into a `steps.Deadline`;
`spans` tells how much lies between and which light is on; `wording`, `grid` and `export` show a derivation in
sentences, as weeks and as plain values.
"""
