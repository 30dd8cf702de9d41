"""From the desk to the ledger: the verbs of publication and what they are planned with."""
