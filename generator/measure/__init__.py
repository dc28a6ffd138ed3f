"""What really happened: the times, ways and queues of a process from its event log."""
