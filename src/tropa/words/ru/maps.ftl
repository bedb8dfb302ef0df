# Карты рабочей области: что делает и пишет сервер
map-first-stage = Первый этап
map-untitled = Новая карта

audit-map-made = Новая карта «{ $title }»
audit-map-archived = Карта { $subject } убрана в архив
audit-map-restored = Карта { $subject } возвращена из архива
audit-map-brought-back = Карта { $subject } возвращена к правке { $seq }
audit-version-named = Карта { $subject }: версия «{ $title }»
audit-comment-removed = Карта { $subject }: убран комментарий, автор { $by }
audit-formula-set = Карта { $subject }: формула приоритета { $formula }
audit-file-attached = Карта { $subject }: приложен файл { $name }
audit-webhook-made = Новый вебхук: { $url }
audit-webhook-changed = Вебхук { $url } { $active ->
    [true] изменён
   *[false] приостановлен
}
audit-webhook-removed = Вебхук удалён

mail-mention-subject = { $who } упоминает вас на карте «{ $map }»
mail-mention =
    { $who } упоминает вас в комментарии к карте «{ $map }»:

    { $text }

    { $link ->
        [none] Откройте карту в приложении, чтобы ответить.
       *[other] Ответить: { $link }
    }
mail-answer-subject = { $who } отвечает на карте «{ $map }»
mail-answer =
    { $who } отвечает в обсуждении карты «{ $map }», в котором вы участвовали:

    { $text }

    { $link ->
        [none] Откройте карту в приложении, чтобы ответить.
       *[other] Ответить: { $link }
    }

plan-title = План: { $map }
plan-formula = Приоритет = { $formula }
plan-head-text = Улучшение
plan-head-stage = Этап
plan-head-pain = Боль
plan-head-owner = Ответственный
plan-head-due = Срок
plan-head-status = Состояние
plan-head-impact = Эффект за 30 дней
plan-head-confidence = Уверенность
plan-head-effort = Усилия
plan-head-priority = Приоритет
plan-head-effect = Что вышло
plan-status-idea = идея
plan-status-planned = в плане
plan-status-doing = в работе
plan-status-testing = проверяем
plan-status-done = сделано
plan-status-dropped = отказались
plan-from-pain = Устранить: { $pain }
plan-from-exit = Удержать тех, кто уходит на этапе «{ $stage }»
plan-from-loop = Вернуть тех, кто после этапа «{ $stage }» больше не покупает
