"""The page as a tree and as blocks: what stands where, before anybody asks what it means."""
