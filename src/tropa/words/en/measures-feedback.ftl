measure-themes = What they write about
    .question = What do customers write about, and which themes go with bad scores?
measure-param-themes = Themes of your own
measure-choice-whole = the whole log
measure-column-theme = Theme
measure-column-texts = Texts
measure-column-negative = Negative
measure-column-negative_low = Negative, from
measure-column-negative_high = Negative, to
measure-column-negatives = Negative texts
measure-column-rated = With a score
measure-column-quote = In a customer’s words
measure-column-score = Score
measure-column-score_low = Score, from
measure-column-score_high = Score, to
measure-sentiment = Mood of texts
    .question = Where do customers write in a bad mood, and where in a good one?
measure-column-place = Where
measure-column-positive = Positive
measure-column-positive_low = Positive, from
measure-column-positive_high = Positive, to
measure-column-positives = Positive texts
measure-column-known = Texts the shares are of
measure-column-measured = By their score
measure-column-predicted = By their words
measure-column-untold = Cannot tell
measure-mark-everywhere = Everywhere
measure-note-themes = { $n ->
    [one] One theme comes
   *[other] { $n } themes come
} out again from independent halves of the texts (agreement { $agreement } of 1). They take in { $covered } of { $all } texts; the others have no single theme.
measure-note-themes-none = No themes were found: in these texts words go together no more than by chance.
measure-note-themes-few = { $lang ->
    [ru] Texts in Russian
   *[en] Texts in English
} are too few to look for themes: { $n }, and { $least } are needed.
measure-note-few-customers = { $n ->
    [one] One line is left out: it rests
   *[other] { $n } lines are left out: they rest
} on fewer than { $least } customers.
measure-note-texts-sampled = { $n } of { $all } texts were looked at: those of customers chosen by a hash.
measure-note-mood-nobody = { $lang ->
    [ru] Texts in Russian without a score: cannot tell. It takes 200 rated texts in Russian, at least 20 of them negative and 20 positive; there are { $rated }.
    [en] Texts in English without a score: cannot tell. It takes 200 rated texts in English, at least 20 of them negative and 20 positive; there are { $rated }.
   *[other] Texts in other languages without a score: cannot tell. It takes 200 rated texts, at least 20 of them negative and 20 positive; there are { $rated }.
}
measure-note-mood-listed = { $lang ->
   *[en] Texts in English without a score are told by a word list (VADER). How often it errs here is not known: the intervals hold whatever these texts may be, the shares are a hint. On reviews that people had rated, half of them negative, it called a third negative.
}
measure-note-mood-useless = { $lang ->
    [ru] Texts in Russian without a score: cannot tell. A model learnt from { $rated } rated texts never was sure.
    [en] Texts in English without a score: cannot tell. A model learnt from { $rated } rated texts never was sure.
   *[other] Texts in other languages without a score: cannot tell. A model learnt from { $rated } rated texts never was sure.
}
measure-note-mood-trained-checked = { $lang ->
    [ru] Texts in Russian
    [en] Texts in English
   *[other] Texts in other languages
} without a score are told by a model of your { $checked } rated ones. On held-out ones it answers { $told } %, and of these { $right } % are right ({ $low }–{ $high } %); always naming the most frequent mood would be right in { $base } %.
measure-note-mood-listed-checked = { $lang ->
   *[en] Texts in English without a score are told by a word list (VADER), a weak way. On your { $checked } rated ones it answers { $told } %, and of these { $right } % are right ({ $low }–{ $high } %); always naming the most frequent mood would be right in { $base } %.
}
measure-note-mood-useless-checked = { $lang ->
    [ru] Texts in Russian
    [en] Texts in English
   *[other] Texts in other languages
} without a score: cannot tell. On { $checked } rated ones { $right } % of the answers were right ({ $low }–{ $high } %), no better than always naming the most frequent mood ({ $base } %).
measure-note-mood-kinds = Of negative texts it names { $negative_found } %, and is right in { $negative_sure } % of what it calls negative; of positive ones { $positive_found } % and { $positive_sure } %. The shares are set right for that where the mistakes are known.
measure-note-mood-alike = Texts without a score are taken to be written as rated ones are. If only the angry rate, the shares are off.
cannot-tell-no-themes = In { $n } texts no theme was found that would come out again from others of them.
cannot-tell-no-mood = { $n ->
    [one] The mood of the one text is not known
   *[other] The mood of these { $n } texts is not known
}: hardly any has a score, and there is nothing to learn it from.
TR-T360 = “{ $text }” is no theme with its words.
    .fix = Write the name and its words: delivery=deliver*,courier*; price=expensive,price*
TR-T361 = Themes and moods of texts need packages that are not installed: { $missing }.
    .fix = Install them: pip install "tropa[feedback]"
TR-T362 = The theme “{ $name }” is given twice.
    .fix = Put all its words into one: { $name }=…,…
