"""The day at a glance. The top floor: it shows what the features below hold and writes nothing of its own."""
