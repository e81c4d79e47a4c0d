"""The front desk of a clinic: many people, several screens, and records that are kept safe."""
