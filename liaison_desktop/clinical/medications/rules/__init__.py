"""What must hold for medicines: doses that cannot be misread, two sources, and differences only a prescriber closes."""
