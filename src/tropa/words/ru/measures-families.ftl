# Семейства показателей: заголовки в меню и в таблице `tropa ask`.
measure-family-breaks = Где ломается
measure-family-paths = Пути
measure-family-funnels = Воронки и сделка
measure-family-loyalty = Возврат и отток
measure-family-worth = Ценность клиента
measure-family-segments = Сегменты
measure-family-channels = Каналы
measure-family-feedback = Отзывы
measure-family-more = Ещё
