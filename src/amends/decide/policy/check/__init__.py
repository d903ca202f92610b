"""Proving a policy: unreachable rules, gaps, approval holes, and contradictions with what law and platform give the buyer.

The method is a search for a case. A case is described by axes (kind, reason, days since delivery ...), each with finitely many
values: every code, and for numbers one value in every cell that a threshold of the policy or of a rule pack cuts. The search
asks a question of a case whose axes are not yet chosen; only where the answer depends on an axis is that axis branched on.
A found case is a counter-example, run through the real `decide`; a search that ends without one is a proof over the axes.
"""
