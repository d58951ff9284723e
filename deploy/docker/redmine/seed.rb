# What a trial or a test needs of a Redmine: default data, REST, a project, and three users with API keys that are known
# beforehand. Whatever is there already is left as it is, so it can run at every start.
module Seed
  BOT_PERMISSIONS = %i[view_issues add_issues edit_issues add_issue_notes manage_subtasks].freeze
  PROJECT = 'alerts'.freeze
  # The bot's key for Alertree's REDMINE_API_KEY_FILE, in a volume that both may mount.
  BOT_KEY_FILE = '/run/redmine-keys/alertree'.freeze

  class << self
    # Whether there was anything to migrate.
    def migrate
      context = ActiveRecord::Base.connection_pool.migration_context
      return false unless context.needs_migration?

      ActiveRecord::Migration.verbose = false
      context.migrate
      true
    end

    def load
      load_defaults
      Setting.rest_api_enabled = '1'
      project = ensure_project
      ensure_admin
      bot = ensure_user('alertree', 'Alertree', 'Bot', 'REDMINE_BOT_KEY')
      ensure_member(project, bot, ensure_bot_role)
      person = ensure_user('operator', 'Olive', 'Operator', 'REDMINE_HUMAN_KEY')
      ensure_member(project, person, all_powerful_role)
      File.write(BOT_KEY_FILE, bot.api_key)
    end

    private

    def load_defaults
      return unless Redmine::DefaultData::Loader.no_data?

      language = ENV.fetch('REDMINE_LANG', 'en')
      raise "REDMINE_LANG #{language} is none of Redmine's languages" unless I18n.available_locales.include?(language.to_sym)

      Redmine::DefaultData::Loader.load(language)
      Setting.default_language = language
    end

    def ensure_project
      Project.find_by(identifier: PROJECT) ||
        Project.create!(identifier: PROJECT, name: 'Alerts', is_public: false, trackers: Tracker.sorted.to_a,
                        enabled_module_names: ['issue_tracking'])
    end

    def ensure_admin
      admin = User.find_by!(login: 'admin')
      if admin.must_change_passwd?
        # Nothing here sends mail, but Redmine would still write one for each change of what its administrator made.
        admin.update!(password: password, password_confirmation: password, must_change_passwd: false,
                      mail_notification: 'none')
      end
      ensure_key(admin, 'REDMINE_ADMIN_KEY')
    end

    def ensure_user(login, first, last, key)
      user = User.find_by(login: login) ||
             User.create!(login: login, firstname: first, lastname: last, mail: "#{login}@example.net",
                          password: password, password_confirmation: password, mail_notification: 'none')
      ensure_key(user, key)
      user
    end

    def ensure_key(user, variable)
      key = ENV.fetch(variable)
      raise "#{variable} must be 1 to 40 letters and digits" unless key.match?(/\A[a-zA-Z0-9]{1,40}\z/)

      # A token draws its own value when it is created.
      token = user.api_token || Token.create!(user: user, action: 'api')
      token.update_column(:value, key)
      user.reload
    end

    # All that Alertree needs, and nothing else; any status may follow any other, as for a manager.
    def ensure_bot_role
      Role.find_by(name: 'Alertree') ||
        Role.create!(name: 'Alertree', permissions: BOT_PERMISSIONS).tap do |role|
          role.copy_workflow_rules(all_powerful_role)
        end
    end

    # The first role of the default data, whatever it is called in their language: a manager may do everything.
    def all_powerful_role
      Role.givable.first
    end

    def ensure_member(project, user, role)
      return if Member.exists?(project_id: project.id, user_id: user.id)

      Member.create!(project: project, principal: user, roles: [role])
    end

    def password
      ENV.fetch('REDMINE_PASSWORD')
    end
  end
end
