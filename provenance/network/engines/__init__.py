"""Where the SQL runs: DuckDB on this machine, Spark on many. Each keeps its tables as Parquet."""
