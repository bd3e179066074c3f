"""What is true: steps, outcomes, evidence, order. No Qt, no disk, no network."""
