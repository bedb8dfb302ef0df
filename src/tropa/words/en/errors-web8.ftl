TR-W803 = The app's pages are not built yet.
    .fix = Build them: python3 run.py site. An installed package always has them: if yours has not, install it again.
