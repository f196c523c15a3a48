"""Reading and writing rows by subject, inside the transaction of a unit of work."""
