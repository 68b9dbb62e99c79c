"""What use cases come to, for views to show."""
