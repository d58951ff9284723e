import 'reflect-metadata';
import { run } from '../../../src/run.js';
import { composeWithPoints } from './compose-with-points.js';
import { PointOrders, Points } from './points.js';

// Alertree as `src/main.ts` runs it, with points: what is to happen at them stands in the file of this variable.
const points = new Points(new PointOrders(process.env['POINT_ORDERS'] ?? ''));
await run(process.env, (config) => composeWithPoints(config, points));
