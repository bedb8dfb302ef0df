cli-serve = The team’s web app: one living map in the browser.
    .details = The folder is a workspace; it is made where there is none. The first start prints a one-time link with which the owner makes their account. Ctrl+C stops it.
cli-serve-host = The address to listen on. 0.0.0.0 opens it to the network; then put a reverse proxy with https before it.
cli-serve-port = The port; 0 takes any free one.
cli-serve-database = A database instead of the file tropa.db in the folder, e.g. postgresql+psycopg://name:password@server/database
cli-serve-public-url = The address under which people open Tropa, where a reverse proxy stands before it.
cli-serve-listening = Tropa is open: { $url }
cli-serve-first-link = There is no owner yet. Make your account by this link (it works once):
    { $url }
cli-serve-link = Sign in by this link (it works once):
    { $url }
cli-serve-stop = Ctrl+C stops it
cli-demo-no-serve = Do not start the web app: write the files and end. So does --json.
cli-serve-smtp = Mail server for letters about mentions: smtp://name:password@server:587?from=address, smtps://… or smtp+plain://… (not encrypted, for a network of your own).
cli-serve-private-hooks = Let webhooks lead to addresses of this machine and of private networks.
cli-serve-link-for = Print a one-time sign-in link for somebody who forgot the password (by e-mail).
