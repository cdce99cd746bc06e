"""The locks of a desk: who may open its data, with which password, and after how many tries.

The store's key lies in `keys.json`, wrapped once for each officer and once for the recovery
key that was printed when the desk was set up. `roster` reads what may be seen while the desk
is locked, `signin` opens it, `officers` says who is who, `recovery` is for the day when no
password helps, `inspection` is what “doctor” asks.
"""
