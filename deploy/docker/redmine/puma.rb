# Two processes, as a small Redmine has in earnest: writers meet in the database, not in one interpreter.
bind 'tcp://0.0.0.0:3000'
workers 2
threads 4, 4
# The application is loaded, and so seeded, once.
preload_app!
# An SQLite connection must not live through a fork: a worker that closes its copy drops the locks of the whole process,
# and what the log held was lost at the next start (sqlite.org/howtocorrupt.html, section 2.6).
before_fork { ActiveRecord::Base.connection_handler.clear_all_connections!(:all) }
