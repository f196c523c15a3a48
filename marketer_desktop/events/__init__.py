"""What happened: small typed events and the bus that carries them."""
