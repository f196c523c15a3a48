"""What a score and a contract say about a text, as the editor and *Optimise* show it."""
