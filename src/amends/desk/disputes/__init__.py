"""Disputes: heard of, matched to cases, weighed, answered once, accepted, appealed, ruled on."""
