# Two processes, as a small Redmine has in earnest: writers meet in the database, not in one interpreter.
bind 'tcp://0.0.0.0:3000'
workers 2
threads 4, 4
# The application is loaded, and so seeded, once.
preload_app!
