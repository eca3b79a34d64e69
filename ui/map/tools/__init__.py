"""What the hand can do on the map besides moving it: choose accounts with a line around them, and measure."""
