"""Repairs of failing checks that need no model."""
