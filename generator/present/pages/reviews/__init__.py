"""The reviews: index, each review and period, agenda, actions, rhythm, frozen cover, what is printed."""
