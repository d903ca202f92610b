"""What stands behind the HTTP API and is no verb on a case: tokens, the reads it needs, webhooks out."""
