"""What all readers' pages have in common: as-of, lists, record pages, sitemap, kept answers."""
