"""Map files in and out; migrations beside the format."""
