"""What a vacancy text asks: needless demands found, real ones kept, and the same text for open hiring."""
