"""The pages of 'Wat is dichtbij?'."""
