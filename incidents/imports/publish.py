def publish_events(plan, by, progress=None):
    return None
