"""The editors' desk: what every record's admin has in common. Each app registers its own records in its `admin`."""
