import { describeKills } from './support/describe-kills.js';

const WORKERS = ['kill worker', 'kill worker', 'kill worker', 'kill worker'] as const;

describeKills('a Redmine on PostgreSQL', 'killed', [
  ...WORKERS,
  'kill backend',
  'kill backend',
  'kill backend',
  'kill postgres',
]);
