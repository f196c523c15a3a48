"""Ghost's own client against our stand-in of Ghost."""
