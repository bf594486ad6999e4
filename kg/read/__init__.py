"""Files and bytes into papers."""
