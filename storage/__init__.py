"""The memory. The only package that knows there is a database: values in, values out."""
