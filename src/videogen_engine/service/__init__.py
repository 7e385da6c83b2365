"""The contract over HTTP: requests come in, rows and durable jobs come out, media is served by signed URL."""
