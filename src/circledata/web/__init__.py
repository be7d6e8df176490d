"""The upload page and `POST /api/v1/validate`."""
