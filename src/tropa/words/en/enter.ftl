enter-title = Sign in by a one-time link
enter-text = Once you press the button, the old password stops working. Set a new one right away: you will be in the settings.
enter-button = Sign in
enter-code = Code of the authenticator
