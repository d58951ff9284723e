import { setImmediate } from 'node:timers/promises';
import type { GiveWay } from '../../application/ports/give-way.js';

/** Waits for the next turn of Node's event loop: connections are read and answered, timers fire. */
export const nextTurn: GiveWay = () => setImmediate();
