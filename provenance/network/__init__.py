"""Who copies from whom over millions of texts: SQL and two functions, for DuckDB and Spark."""
