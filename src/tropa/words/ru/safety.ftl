# Что журнал действий говорит о втором факторе, подтверждениях и стираниях; письма о собственной учётной записи

audit-factor-made = Включён второй фактор
audit-factor-removed = Отключён второй фактор
audit-factor-dropped = Отключён второй фактор другого человека
audit-recovery-codes-made = Новые запасные коды
audit-recovery-code-used = Использован запасной код
audit-proved = Подтверждена личность
audit-proof-refused = Личность не подтверждена
audit-policy-changed = Изменены правила входа
audit-customer-erased = Клиент стёрт навсегда
audit-erasures-applied = Стирания повторены после восстановления

mail-account-subject = Тропа: { $act }
mail-account = { $act }, { $at } (UTC), адрес { $address }.

    Если это были не вы, выйдите везде в настройках учётной записи и сообщите владельцу.
    { $link }
mail-act-password-changed = у вашей учётной записи новый пароль
mail-act-email-changed = у вашей учётной записи новая почта
mail-act-factor-made = для вашей учётной записи включён второй фактор
mail-act-factor-removed = второй фактор вашей учётной записи отключён
mail-act-recovery-code-used = использован запасной код вашей учётной записи

# tropa erase, tropa restore --erased

cli-erase-name = Имя, которое тоже искать в текстах (можно несколько раз)
cli-erase-phone = Телефон, который тоже искать в текстах
cli-erase-email = Почта, которую тоже искать в текстах
cli-erase-dry = Только показать, что будет затронуто
cli-erase-events = Событий в тропе: { $n }
cli-erase-place = { $place }{ $where }: { $n }
cli-erase-in-map = {" "}· карта { $map }
cli-erase-short = Слишком коротки, чтобы искать в текстах (номера короче 6 знаков, имена короче 4): { $n }
cli-erase-ledger = Храните папку «erasures» рядом с резервными копиями: tropa restore --erased применит её снова.
cli-restore-erased = Папка «erasures» рабочей области в последнем её виде: кто стёрт после копии, будет стёрт снова
cli-restore-erased-again = Клиентов стёрто снова: { $n }
