"""The knowledge base: rules and policies as people read them."""
