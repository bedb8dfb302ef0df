"""Use cases, one function each. The only room where engines meet."""
