"""The pages of one site -> what the site prints on them around its stories."""
