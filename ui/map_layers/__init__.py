"""What the user lays over and under the map: colours, areas, heat, reach."""
