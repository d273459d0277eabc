"""The network: one guarded client, its cache, robots.txt and the throttle."""
