"""What the pages show: prepared here, so that templates only lay it out."""
