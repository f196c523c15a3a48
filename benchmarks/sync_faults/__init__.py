"""Three desktops and a server under faults, in virtual time: nothing lost, nothing done twice."""
