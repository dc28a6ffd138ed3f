"""Bytes become checked values with their places: YAML, results, prose, and the whole project.

Nothing here raises for an author's fault; every fault of every file is added to the `Problems` given.
"""
