"""What operators need: backups, moving between databases, the doctor, logs."""
