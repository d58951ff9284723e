import type { RedmineCall } from './redmine-client.js';
import { choose, type Choices } from './redmine-choices.js';
import type { RedmineConfig } from './redmine-config.js';
import { configurationFailure } from './redmine-failure.js';
import { whoAmI } from './redmine-inventory.js';

/** Remembers what the names of the configuration mean in Redmine. */
export class RedmineDirectory {
  private known: Promise<Choices> | null = null;

  constructor(private readonly config: RedmineConfig) {}

  /** Asked for when it is first needed; what failed is asked for again. */
  choices(call: RedmineCall): Promise<Choices> {
    if (this.known !== null) return this.known;
    const asked = choose(call, this.config);
    this.known = asked;
    asked.catch(() => {
      if (this.known === asked) this.known = null;
    });
    return asked;
  }

  /** The next one who needs it asks anew. */
  forget(): void {
    this.known = null;
  }

  /**
   * Whether the key still belongs to our user. With a key that was revoked Redmine does not refuse to be read: it shows
   * what anonymous may see, with status 200, and every ticket of a private project seems to be gone.
   */
  async assertIdentity(call: RedmineCall, choices: Choices): Promise<void> {
    if ((await whoAmI(call)) === choices.inventory.me.id) return;
    this.forget();
    throw configurationFailure(
      'unauthorized',
      'REDMINE_API_KEY belongs to another user than before.',
      'Nothing, if that is meant: it is looked up again.',
    );
  }
}
