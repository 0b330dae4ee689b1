"""What may be talked about: products and scientific topics. Materials in versions come to live here too."""
