"""People in a folder of Parquet files, each with homes near each other."""
