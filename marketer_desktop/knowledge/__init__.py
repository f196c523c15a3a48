"""The user's documents: loading, chunks, embeddings, the vector index, retrieval."""
