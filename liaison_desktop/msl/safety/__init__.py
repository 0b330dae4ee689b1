"""Safety reports: captured with one sentence, on a clock until handed over, never removed. And why a flag was none."""
