"""The rules of OKR check-ins: values in, values out. No Slack, no database, no clock."""
