"""What the rules and use cases need of storage, as protocols; storage/ implements them."""
