"""Lends the model of this machine to an organization: asks nothing, answers what it is asked."""
