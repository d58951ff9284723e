import type { TicketBackendChoice } from '../tickets/index.js';
import type { TicketBackendDefinition } from '../tickets/ticket-backend-definition.js';
import { UNREAD_SECRET } from './secret-files.js';

type SetVariables = ReadonlyMap<string, string>;
type Definitions<Name extends string = string> = Readonly<Record<Name, TicketBackendDefinition>>;

/** Every variable of every backend. */
export function ticketBackendVariables(definitions: Definitions): readonly string[] {
  return Object.values(definitions).flatMap(({ variables }) => Object.keys(variables.shape));
}

/** What the names of the variables of each backend begin with, those aside that have none. */
export function ticketBackendPrefixes(definitions: Definitions): readonly string[] {
  const named = Object.entries(definitions).filter(([, { chosenBy }]) => chosenBy !== null);
  return named.map(([name]) => `${name.toUpperCase().replaceAll('-', '_')}_`);
}

/** The variables with older names taken for the proper ones where these are not set, and a warning for each. */
export function withOlderNames(
  set: SetVariables,
  definitions: Definitions,
): { readonly set: SetVariables; readonly warnings: readonly string[] } {
  const all = new Map(set);
  const warnings: string[] = [];
  const chosen = Object.values(definitions).filter((definition) => isChosen(definition, set));
  for (const [older, proper] of chosen.flatMap(({ olderNames }) => olderNames ?? [])) {
    const value = set.get(older);
    if (value === undefined || set.has(proper)) continue;
    all.set(proper, value);
    warnings.push(`${older} is taken for ${proper}; set ${proper} instead`);
  }
  return { set: all, warnings };
}

/** The backend that the variables choose, null where they choose none, and everything that is wrong with them. */
export function chooseTicketBackend<Name extends string>(
  set: SetVariables,
  definitions: Definitions<Name>,
): { readonly choice: TicketBackendChoice<Name> | null; readonly problems: readonly string[] } {
  const names = Object.keys(definitions) as Name[];
  const problems = names.flatMap((name) => problemsWith(definitions[name], set));
  const [name, ...others] = names.filter((one) => isChosen(definitions[one], set));
  if (name === undefined) return { choice: null, problems };
  const { data: values } = definitions[name].variables.safeParse(Object.fromEntries(set));
  const choosers = [name, ...others].map((one) => definitions[one].chosenBy).join(' and ');
  return {
    choice: values === undefined ? null : { name, values },
    problems:
      others.length === 0
        ? problems
        : [...problems, `${choosers} each choose where tickets are kept; unset all but one`],
  };
}

function isChosen({ chosenBy }: TicketBackendDefinition, set: SetVariables): boolean {
  return chosenBy !== null && set.has(chosenBy);
}

/** What is wrong with the values, then what is set in vain. Nothing is missing of a backend that is not chosen. */
function problemsWith(definition: TicketBackendDefinition, set: SetVariables): readonly string[] {
  const { variables, chosenBy } = definition;
  const problems: string[] = [];
  for (const { path, code, message } of variables.safeParse(Object.fromEntries(set)).error?.issues ?? []) {
    const name = path.join('.');
    const isMissing = code === 'invalid_type' && !set.has(name);
    if (!isMissing && set.get(name) !== UNREAD_SECRET) problems.push(`${name} ${message}`);
    if (isMissing && isChosen(definition, set)) problems.push(`${name} is missing; ${chosenBy} needs it`);
  }
  if (isChosen(definition, set)) return problems;
  const inVain = [...set.keys()].filter((name) => Object.hasOwn(variables.shape, name));
  return [
    ...problems,
    ...inVain.map((name) => `${name} is set without ${chosenBy}; set that too, or unset it`),
  ];
}
