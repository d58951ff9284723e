# Redmine, made ready before it answers, in the process that serves: a start costs one start of Rails, the first one two.
require '/usr/share/redmine/config/environment'
require_relative 'seed'

# Classes that were loaded before their tables were there remember that there were none: begin again.
exec 'serve' if Seed.migrate
Seed.load
run Rails.application
