"""What the bot does. One small class per ritual; each method is one transaction."""
