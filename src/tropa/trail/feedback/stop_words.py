"""Words that no theme is named by: they stand in texts about anything. Dictionary forms, ё as е."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


RUSSIAN = _listed(
    """
    а без более больше большой был бы быть в ваш весь вещь во вообще вот всегда все всего всякий вы где
    говорить год да дать даже два делать день для до другой его ее если есть еще же за знать и идти из или
    иметь их к каждый как какой какой-то когда конечно который кто ли лишь лучше любой мало между меня мочь
    можно мой момент мы на над надо наш не него нее некоторый нельзя несколько нет нибудь никакой никогда
    никто ничто но нужно нужный о об оба один однако оказаться он она они оно от очень первый перед по под
    пока получиться после потом потому почему почти при про просто пусть раз разве с сам самый свой себя
    сейчас сказать сколько слишком со совсем спасибо стать столько сразу так также такой там то тогда тоже
    только тот точно три ты тут у уж уже хотеть хотя чего чем через что чтобы чуть эта этот я здравствуйте
    хороший плохой нормальный отличный отлично хорошо плохо нормально ужасно супер прекрасный ужасный
    понравиться нравиться
    """
)
ENGLISH = _listed(
    """
    a about after again all also always am an and any are as at back be because been before being but by can
    could did do does doing done don't down even ever every few for from get getting give go going got great
    good bad had has have having he her here him his how i i'm i've if in into is it it's its just like made
    make many me more most much my never no nor not now of off ok okay on one only or other our out over own
    please really same say she should so some still such than thank thanks that that's the their them then
    there these they thing this those through time to too two until up us use used very want was wasn't way we
    well went were what when where which while who why will with without would yes yet you your nice awful
    terrible excellent perfect love loved liked hate wa ha doe thi
    """
)
