"""The rules: no I/O, no telegram, no SQL, no wall clock."""
