import type { TicketBackend } from '../../../src/application/ports/ticket-backend.js';
import { afterTheAnswer, beforeTheCall, CALLS } from './point-names.js';
import type { Points } from './points.js';

/** A ticket backend that passes a point before each call that has a name, and one after its answer. */
export function backendWithPoints(backend: TicketBackend, points: Points): TicketBackend {
  return new Proxy(backend, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      const call = nameOf(property);
      if (typeof value !== 'function') return value;
      if (call === null) return value.bind(target) as unknown;
      return async (...given: readonly unknown[]) => {
        await points.pass(beforeTheCall(call));
        const answer: unknown = await Reflect.apply(value, target, given);
        await points.pass(afterTheAnswer(call));
        return answer;
      };
    },
  });
}

function nameOf(property: string | symbol): string | null {
  const names: Readonly<Record<string | symbol, string | null>> = CALLS;
  const name = names[property];
  if (name === null)
    throw new Error(`${String(property)} is called and has no name yet: give it one in CALLS`);
  return name ?? null;
}
