"""Real documents of many producers, and hostile ones, through a real engine."""
