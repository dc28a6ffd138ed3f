"""What is told of the figures: how pilots stand, what a review speaks of, what the changes have taught."""
