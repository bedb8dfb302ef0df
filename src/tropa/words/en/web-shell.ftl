web-name = tropa

# what any page says
web-cancel = Cancel
web-close = Close
web-remove = Remove: { $name }
web-retry = Try again
web-and-more = and { $n } more
web-offline = The server does not answer
    .fix = Check the network; nothing done is lost. If the server was stopped, start it: tropa serve
web-fault = Something went wrong in the page itself
    .fix = Reload the page. If it happens again, send us the code and the line below it.
