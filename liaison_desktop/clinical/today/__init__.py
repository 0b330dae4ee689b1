"""The clinical liaison's first page: what waits for her, and whom she saw last. Reads what stands below; writes nothing."""
