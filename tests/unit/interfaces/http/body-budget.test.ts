import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { BodyBudget } from '../../../../src/interfaces/http/middleware/body-budget.js';

const aRequest = (bytes: number) => ({ headers: { 'content-length': String(bytes) } }) as unknown as Request;
const aResponse = () => new EventEmitter() as unknown as Response & EventEmitter;

/** What a body of so many bytes is told: nothing, or the status of its refusal. */
function reserve(budget: BodyBudget, bytes: number, response = aResponse()): number | null {
  try {
    budget.reserve(aRequest(bytes), response, () => undefined);
    return null;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe('the budget of bodies', () => {
  it('refuses what does not fit beside the others, and takes it when they are done with', () => {
    const budget = new BodyBudget(100, 60);
    const first = aResponse();

    expect(reserve(budget, 60, first)).toBeNull();
    expect(reserve(budget, 60)).toBe(503);
    first.emit('close');
    expect(reserve(budget, 60)).toBeNull();
  });

  it('counts a body whose sender has left for as long as there is work with it', async () => {
    const budget = new BodyBudget(100, 60);
    const response = aResponse();
    const { promise, resolve } = Promise.withResolvers<void>();
    reserve(budget, 60, response);
    const work = budget.during(response, () => promise);

    response.emit('close');
    expect(reserve(budget, 60)).toBe(503);
    resolve();
    await work;

    expect(reserve(budget, 60)).toBeNull();
  });
});
