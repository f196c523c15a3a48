"""Real documents as files, read back by programs that are not ours."""
