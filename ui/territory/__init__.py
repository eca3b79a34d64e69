"""The Territory page: who owns which accounts, and what is out of balance."""
