audit-customers-listed = Открыт список клиентов: показано { $shown } из { $all }
audit-measure-of-people = Открыт показатель по отдельным клиентам: { $measure }
