cli-import-query = взять строки из базы данных: один запрос SQL на чтение
cli-import-database = база данных для --query, адрес в записи SQLAlchemy: sqlite:///shop.db, postgresql://user:password@host/shop. Лучше в переменной окружения TROPA_IMPORT_DATABASE: там пароль никто не увидит
cli-meta-files-or-none = [ФАЙЛЫ…]

TR-S040 = Это не адрес базы данных.
    .fix = Запишите его, как принято в SQLAlchemy: sqlite:///shop.db, postgresql://user:password@host/shop, mysql+pymysql://…
TR-S041 = Драйвер для «{ $name }» не установлен.
    .fix = Установите его рядом с Тропой: psycopg[binary] для PostgreSQL, pymysql для MySQL (тогда mysql+pymysql://…), pyodbc для MS SQL.
TR-S042 = База данных на это не отвечает: { $reason }
    .fix = Проверьте адрес, имя и пароль и попробуйте запрос в консоли самой базы. Разрешено только чтение.
TR-S043 = По адресу «{ $name }» ничего нет.
    .fix = Проверьте бакет и путь. Знак * в шаблоне не выходит за пределы папки, ** заходит и во вложенные.
TR-S044 = Хранилище «{ $name }» не отвечает: { $reason }
    .fix = Проверьте переменные окружения AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, а для хранилища не от Amazon — и AWS_ENDPOINT_URL. Открытые бакеты: s3://anonymous@bucket/…
TR-S045 = Запрос и база данных нужны вместе.
    .fix = Укажите и то и другое: --query "select …" --database АДРЕС; в Python — tropa.trail(АДРЕС, query="select …").
TR-S046 = Не сказано, что загружать.
    .fix = Назовите файлы, адрес вроде s3://bucket/logs/*.parquet или запрос: --query "select …" --database АДРЕС.
