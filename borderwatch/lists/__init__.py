"""Lists and what may be asked of them: filters, paging, documents as they are served."""
