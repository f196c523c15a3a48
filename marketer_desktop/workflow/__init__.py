"""The five agents and the graph that runs them."""
