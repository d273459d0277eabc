"""All that touches network, disk or clock."""
