"""One process by its maps: how long a case takes, what people can carry, what a new map promises."""
