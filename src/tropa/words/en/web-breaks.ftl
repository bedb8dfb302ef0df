web-break-ranks = By loss anywhere from place { $first } to { $last }: it may differ from its neighbours by chance
