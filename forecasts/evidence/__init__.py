"""What the world answers: feeds of events, their vintages, and specs that are counted on them."""
