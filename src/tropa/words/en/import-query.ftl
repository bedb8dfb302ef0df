cli-import-query = ask a database for the rows: one SQL statement that reads
cli-import-database = the database of --query, as an SQLAlchemy URL: sqlite:///shop.db, postgresql://user:password@host/shop. Better in the environment variable TROPA_IMPORT_DATABASE, where nobody else sees the password
cli-meta-files-or-none = [FILES…]

TR-S040 = This is no address of a database.
    .fix = Write it as SQLAlchemy does: sqlite:///shop.db, postgresql://user:password@host/shop, mysql+pymysql://…
TR-S041 = The driver for “{ $name }” is not installed.
    .fix = Install it beside Tropa: psycopg[binary] for PostgreSQL, pymysql for MySQL (then mysql+pymysql://…), pyodbc for MS SQL.
TR-S042 = The database does not answer this: { $reason }
    .fix = Check the address, the name and the password, and try the query in the database's own console. Only reading is allowed.
TR-S043 = There is nothing under “{ $name }”.
    .fix = Check the bucket and the prefix. A pattern's * stays within a folder; ** goes into folders.
TR-S044 = The storage of “{ $name }” does not answer: { $reason }
    .fix = Check the environment variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and, for a storage that is not Amazon's, AWS_ENDPOINT_URL. Public buckets: s3://anonymous@bucket/…
TR-S045 = A query and a database belong together.
    .fix = Give both: --query "select …" --database URL; in Python tropa.trail(URL, query="select …").
TR-S046 = Nothing was named to be imported.
    .fix = Name files, an address such as s3://bucket/logs/*.parquet, or a query: --query "select …" --database URL.
