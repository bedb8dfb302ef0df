web-name = tropa
