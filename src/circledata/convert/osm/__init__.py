"""What only features of OpenStreetMap need: tags, life cycle, names, places of areas."""
