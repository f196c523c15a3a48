"""What joins this machine with a server: the agent that lends its model, the account, the sync."""
