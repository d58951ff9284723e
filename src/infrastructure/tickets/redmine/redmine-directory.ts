import type { BackendProblem } from '../../../application/ports/ticket-backend.js';
import { choose, type Choices, type Findings } from './redmine-choices.js';
import type { User } from './redmine-answers.js';
import type { RedmineCall } from './redmine-client.js';
import type { RedmineConfig } from './redmine-config.js';
import { configurationFailure } from './redmine-failure.js';
import { whoAmI } from './redmine-inventory.js';

/** Remembers what the names of the configuration mean in Redmine, and what was wrong with them. */
export class RedmineDirectory {
  private known: Promise<Findings> | null = null;

  constructor(private readonly config: RedmineConfig) {}

  /** Asked for when it is first needed; what failed is asked for again. */
  async choices(call: RedmineCall): Promise<Choices> {
    const { choices, problems } = await (this.known ?? this.look(call));
    if (choices !== null) return choices;
    throw stopped(problems) ?? new Error('Nothing was chosen, and nothing is wrong.');
  }

  /** Asks for everything anew. */
  look(call: RedmineCall): Promise<Findings> {
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

  /** Throws what is known to keep tickets from being opened: Redmine would drop things in silence. */
  async assertUsable(call: RedmineCall): Promise<void> {
    const failure = stopped((await (this.known ?? this.look(call))).problems);
    if (failure !== null) throw failure;
  }

  /**
   * Without its rights a user is shown an empty list, and an empty project to write to: only who sees the project may
   * say that something is not there. Everything is asked for anew.
   */
  async assertSight(call: RedmineCall, choices: Choices): Promise<void> {
    await this.assertIdentity(call, choices);
    this.forget();
    await this.assertUsable(call);
  }

  /**
   * Whether the key still belongs to our user, who is returned as they are now. With a key that was revoked Redmine does not refuse to be read: it shows
   * what anonymous may see, with status 200, and every ticket of a private project seems to be gone.
   */
  async assertIdentity(call: RedmineCall, choices: Choices): Promise<User> {
    const me = await whoAmI(call);
    if (me.id === choices.inventory.me.id) return me;
    this.forget();
    throw configurationFailure(
      'unauthorized',
      'REDMINE_API_KEY belongs to another user than before.',
      'Nothing, if that is meant: it is looked up again.',
    );
  }
}

function stopped(problems: readonly BackendProblem[]): Error | null {
  const first = problems.find((problem) => problem.stops);
  return first === undefined ? null : configurationFailure('forbidden', first.problem, first.remedy);
}
